import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import type { Response } from 'express';

/** A reply that is not plain JSON with the endpoint's own status. A stream is sent as it comes. */
export class Reply {
  readonly body: unknown;
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(body: unknown, options: { status?: number; headers?: Record<string, string> } = {}) {
    this.body = body;
    this.status = options.status ?? 200;
    this.headers = options.headers ?? {};
  }
}

export function send(response: Response, reply: Reply): void {
  response.status(reply.status).set(reply.headers);
  if (isStream(reply.body)) {
    // express, compression and pipeline together listen eleven times to one reply
    response.setMaxListeners(20);
    // a stream that breaks off must not look complete
    pipeline(reply.body, response, (error) => {
      if (error) response.destroy();
    });
  } else if (reply.status === 204) response.end();
  else if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) response.send(reply.body);
  else response.json(reply.body);
}

function isStream(body: unknown): body is Readable {
  return typeof (body as { pipe?: unknown } | null)?.pipe === 'function';
}
