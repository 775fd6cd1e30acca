import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Job, JobList } from '../../server/contract/index.ts';

const SQUARE = [
  [113.24, 35.215],
  [113.241, 35.215],
  [113.241, 35.216],
  [113.24, 35.216],
  [113.24, 35.215],
];
const CHECK = { geometry: { type: 'Polygon', coordinates: [SQUARE] }, activity: 'house' };
const JSON_BODY = { 'content-type': 'application/json' };

/** So many that jobs are always under way. */
const MAX_STEPS = 40;

/** Writes to a server that is killed under its hands, and remembers what was acknowledged. */
export class Writer {
  /** id → the answer as it was given */
  readonly checks = new Map<string, unknown>();
  /** Idempotency-Key → the steps asked for; not answered yet */
  readonly pending = new Map<string, number>();
  /** job id → Idempotency-Key */
  readonly jobs = new Map<string, string>();
  /** jobs that were cancelled, as the server said */
  readonly cancelled = new Set<string>();
  readonly #headers: Record<string, string>;

  constructor(headers: Record<string, string>) {
    this.#headers = headers;
  }

  /** What the server has said yes to so far. */
  get acknowledged(): number {
    return this.checks.size + this.jobs.size + this.cancelled.size;
  }

  /** Writes until `stop` fires or the server is gone. */
  async write(url: () => string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const choice = Math.random();
      const went = await (choice < 0.4
        ? this.#check(url())
        : choice < 0.95
          ? this.#start(url())
          : this.#cancel(url()));
      if (!went) await sleep(20);
    }
  }

  /** Asks again for what was never answered, then waits until no job is open. */
  async settle(url: string): Promise<void> {
    while (this.pending.size > 0) {
      for (const [key, steps] of this.pending) await this.#send(url, key, steps);
      await sleep(50);
    }
    while ((await this.#open(url, 'queued')) + (await this.#open(url, 'running')) > 0) await sleep(100);
  }

  /** Whether a job is under way; false too where the server does not answer. */
  async isAtWork(url: string): Promise<boolean> {
    return (await this.#open(url, 'running').catch(() => 0)) > 0;
  }

  /** Everything acknowledged is there as it was acknowledged. */
  async verify(url: string): Promise<void> {
    for (const [id, answer] of this.checks) {
      const response = await fetch(`${url}/api/checks/${id}`);
      expect(response.status, `check ${id}`).to.equal(200);
      expect(await response.json()).to.deep.equal(answer);
    }
    for (const id of this.jobs.keys()) {
      const job = (await (await fetch(`${url}/api/jobs/${id}`, { headers: this.#headers })).json()) as Job;
      const expected = this.cancelled.has(id) ? ['cancelled'] : ['succeeded', 'cancelled'];
      expect(expected, `job ${id}: ${JSON.stringify(job)}`).to.include(job.status);
    }
  }

  async #check(url: string): Promise<boolean> {
    const answer = await this.#ask(url, 'POST', '/api/checks', CHECK, JSON_BODY);
    if (answer?.status !== 201) return false;
    this.checks.set((answer.body as { id: string }).id, answer.body);
    return true;
  }

  async #start(url: string): Promise<boolean> {
    const [waiting] = this.pending;
    if (waiting !== undefined) return this.#send(url, ...waiting);
    const key = `kill9-${randomUUID()}`;
    const steps = 1 + Math.floor(Math.random() * MAX_STEPS);
    this.pending.set(key, steps);
    return this.#send(url, key, steps);
  }

  async #send(url: string, key: string, steps: number): Promise<boolean> {
    const headers = { ...this.#headers, ...JSON_BODY, 'idempotency-key': key };
    const answer = await this.#ask(
      url,
      'POST',
      '/api/jobs',
      { kind: 'test_kill9', input: { steps } },
      headers,
    );
    if (answer?.status !== 201) return false;
    this.pending.delete(key);
    const { id } = answer.body as Job;
    expect(this.jobs.get(id) ?? key, `job ${id} answers two keys`).to.equal(key);
    this.jobs.set(id, key);
    return true;
  }

  async #cancel(url: string): Promise<boolean> {
    const ids = [...this.jobs.keys()];
    const id = ids[ids.length - 1 - Math.floor(Math.random() * Math.min(10, ids.length))];
    if (id === undefined) return false;
    const answer = await this.#ask(url, 'DELETE', `/api/jobs/${id}`, undefined, this.#headers);
    if (answer?.status === 200 && (answer.body as Job).status === 'cancelled') this.cancelled.add(id);
    return answer?.status === 200;
  }

  async #open(url: string, status: string): Promise<number> {
    const response = await fetch(`${url}/api/jobs?status=${status}`, { headers: this.#headers });
    expect(response.status).to.equal(200);
    return ((await response.json()) as JobList).jobs.length;
  }

  /** null: no whole answer came */
  async #ask(url: string, method: string, path: string, body: unknown, headers: Record<string, string>) {
    try {
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        ...init,
        signal: AbortSignal.timeout(20_000),
      });
      const answer = { status: response.status, body: (await response.json()) as unknown };
      const fine = [200, 201, 409, 429, 503].includes(answer.status);
      if (!fine) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith(method)) throw error;
      return null;
    }
  }
}
