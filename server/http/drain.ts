import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import { Problem } from '../problems.ts';

const LOOK_EVERY_MS = 20;
/** Asked by whoever watches over the server: they answer until the end. */
const WATCHING = /^\/(healthz|readyz|metrics)$/;

/** Requests under way, so that a stop can wait for them. From the stop on, new ones are turned away with `stopping`. */
export class Drain {
  readonly #underWay = new Set<Response>();
  #stopping = false;

  get stopping(): boolean {
    return this.#stopping;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** Files that are being sent or read. */
  get uploads(): number {
    return [...this.#underWay].filter(({ req }) => /^multipart\//i.test(req.get('content-type') ?? ''))
      .length;
  }

  /** Stands before everything else. */
  readonly watch: RequestHandler = (request, response, next) => {
    const watching = WATCHING.test(request.path);
    if (this.#stopping) {
      response.setHeader('Connection', 'close');
      if (!watching) throw new Problem('stopping');
    }
    if (!watching) {
      this.#underWay.add(response);
      response.once('close', () => this.#underWay.delete(response));
    }
    next();
  };

  /** Resolves when every request has been answered, or after `limitMs`; answers how many were not. */
  async finish(limitMs: number): Promise<number> {
    this.#stopping = true;
    const until = Date.now() + limitMs;
    while (this.#underWay.size > 0 && Date.now() < until) {
      for (const response of this.#underWay) if (isEventStream(response)) response.end();
      await sleep(LOOK_EVERY_MS);
    }
    return this.#underWay.size;
  }
}

/** Events have no end of their own; who listens comes back by itself. */
function isEventStream(response: Response): boolean {
  return (
    response.headersSent && String(response.getHeader('content-type') ?? '').startsWith('text/event-stream')
  );
}
