import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from '../problems.ts';
import type { KnownCallers } from './known_callers.ts';

/** What one address, or one account, may ask in a minute. A village behind one carrier address still gets through. */
export const RATES_PER_MINUTE = { read: 1200, check: 240, upload: 60 } as const;
export type RateClass = keyof typeof RATES_PER_MINUTE;

/** Bodies that are being read or answered at once, bytes; more wait outside. */
export const MAX_BODY_BYTES_IN_FLIGHT = 64 * 1024 * 1024;
/** Calls that wait for the database at once; more are turned away at once, with the time to come back. */
export const MAX_CALLS_IN_FLIGHT = 600;

/** Heavy calls that wait for their turn at once, of all and of one caller; more are turned away. */
export const MAX_HEAVY_WAITING = 120;
export const MAX_HEAVY_WAITING_OF_ONE = 24;
/** How long a heavy call waits for its turn, ms. */
export const HEAVY_WAIT_MS = 60_000;

const MINUTE = 60_000;

/**
 * Limits what one account may ask, or one address where nobody is known to be signed in: also whoever guesses at
 * credentials, before they are looked up. IPv6 addresses count by their /56. Throws `too_many_requests`.
 */
export function rateLimiter(rate: RateClass, known: KnownCallers): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit: RATES_PER_MINUTE[rate],
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request: Request) => {
      const account = known.accountOf(request);
      return account === null ? ipKeyGenerator(request.ip ?? '') : `account ${account}`;
    },
    handler: (_request, response, next) => {
      const seconds = Number(response.getHeader('Retry-After') ?? 60);
      next(new Problem('too_many_requests', { params: { seconds } }));
    },
  });
}

/** Counts what is under way and refuses what goes beyond. */
export class Gate {
  readonly #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes `amount`; the returned function gives it back, once. Throws `busy`. */
  take(amount: number): () => void {
    if (this.#taken + amount > this.#limit) throw new Problem('busy');
    this.#taken += amount;
    let given = false;
    return () => {
      if (!given) this.#taken -= amount;
      given = true;
    };
  }
}

/** Holds a body's announced size from the gate until the reply has gone; a body of unknown size counts as `unknown`. */
export function bodyGate(gate: Gate, unknown: number): RequestHandler {
  return (request, response, next) => {
    const announced = Number(request.get('content-length'));
    const giveBack = gate.take(
      Number.isFinite(announced) && announced >= 0 ? Math.min(announced, unknown) : unknown,
    );
    response.once('close', giveBack);
    next();
  };
}
