import express, { type RequestHandler } from 'express';
import { Problem } from '../problems.ts';

export const MAX_JSON_BYTES = 2 * 1024 * 1024;
/** GeoJSON needs 6 levels below the request's object. */
export const MAX_DEPTH = 32;

/** Deepest nesting of brackets outside strings: found before JSON.parse recurses. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return deepest;
}

const readText = express.text({ type: () => true, limit: MAX_JSON_BYTES });

/** Reads a JSON body within limits. Throws `invalid_json`, `too_deep`, `body_too_large`, `unsupported_media_type`. */
export const jsonBody: RequestHandler = (request, response, next) => {
  if (!request.is(['application/json', 'application/*+json'])) {
    next(new Problem('unsupported_media_type', { params: { type: request.get('content-type') ?? '' } }));
    return;
  }
  readText(request, response, (error?: unknown) => {
    if (error) {
      next(bodyProblem(error));
      return;
    }
    const text = typeof request.body === 'string' ? request.body : '';
    if (jsonDepth(text) > MAX_DEPTH) {
      next(new Problem('too_deep', { params: { limit: MAX_DEPTH } }));
      return;
    }
    try {
      request.body = JSON.parse(text) as unknown;
      next();
    } catch {
      next(new Problem('invalid_json'));
    }
  });
};

function bodyProblem(error: unknown): unknown {
  const type = (error as { type?: string }).type;
  if (type === 'entity.too.large') return new Problem('body_too_large', { params: { limit: '2 MB' } });
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new Problem('unsupported_media_type', {
      params: { type: String((error as { message: string }).message) },
    });
  }
  if (typeof type === 'string') return new Problem('invalid_json', { cause: error });
  return error;
}
