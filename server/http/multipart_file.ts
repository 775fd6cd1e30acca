import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { Problem } from '../problems.ts';
import type { Incoming, Received } from './incoming.ts';
import { type Patience, readForm, UPLOAD_IDLE_MS, UPLOAD_LIMIT_MS } from './multipart_form.ts';

/** A file as it came, in a folder of its own until the request has been answered; its name is a claim, not a fact. */
export interface UploadedFile extends Received {
  name: string;
  /** other text fields of the form */
  fields: Record<string, string>;
  /** removes what the request has not taken elsewhere */
  discard(): Promise<void>;
  /** what makes two requests the same: not where the bytes lie */
  toJSON(): unknown;
}

/** The form of an endpoint that takes one `file`. */
export interface MultipartSpec {
  maxBytes: number;
  /** the fields besides it, for OpenAPI; the endpoint parses them */
  fields?: z.ZodObject;
}

/**
 * Streams a multipart form with one `file` to disk, within limits of size, count and time; `request.body` is an
 * {@link UploadedFile}, which `handler` discards. Whatever ends it early leaves no file. Throws
 * `unsupported_media_type`, `file_missing`, `file_too_large`, `file_unreadable`, `form_limits`, `upload_too_slow`,
 * `busy`, `storage_full`.
 */
export function multipartFile(
  incoming: Incoming,
  { maxBytes }: MultipartSpec,
  patience: Patience = { idleMs: UPLOAD_IDLE_MS, limitMs: UPLOAD_LIMIT_MS },
): RequestHandler {
  return async (request, response, next) => {
    const announced = Number(request.get('content-length') ?? Number.NaN);
    try {
      const leave = await incoming.admit(
        Number.isFinite(announced) ? Math.min(announced, maxBytes) : maxBytes,
      );
      try {
        const { name, fields, received } = await readForm(request, incoming, maxBytes, patience);
        request.body = {
          ...received,
          name,
          fields,
          discard: async () => {
            leave();
            await incoming.remove(received.path);
          },
          toJSON: () => ({ name, fields, sha256: received.sha256 }),
        } satisfies UploadedFile;
      } catch (error) {
        leave();
        throw error;
      }
    } catch (error) {
      if (error instanceof Problem && error.code === 'upload_too_slow')
        response.setHeader('Connection', 'close');
      // the rest of the body is let pass, or whoever still sends would never read the answer
      request.resume();
      throw error;
    }
    next();
  };
}
