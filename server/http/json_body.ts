import express, { type RequestHandler } from 'express';
import { jsonDepth } from '../json_depth.ts';
import { Problem } from '../problems.ts';

export const MAX_JSON_BYTES = 2 * 1024 * 1024;
/** GeoJSON needs 6 levels below the request's object. */
export const MAX_DEPTH = 32;

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
