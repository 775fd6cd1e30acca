import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Tellers of faults are ours, but nothing from outside may ever make a series. */
const MOST_WHATS = 100;

export interface Ended {
  method: string;
  /** a pattern, never an address */
  route: string;
  status: number;
  seconds: number;
}

/** What the process counts by itself. Labels are patterns, codes and kinds: nothing of a person, and bounded in number. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram;
  readonly #problems: Counter;
  readonly #faults: Counter;
  readonly #whats = new Set<string>();

  /** `process`: also Node's own figures (memory, event loop, garbage collection) */
  constructor(options: { process?: boolean } = {}) {
    const registers = [this.registry];
    this.#requests = new Histogram({
      name: 'cunma_http_request_duration_seconds',
      help: 'Time until a reply had gone, by route pattern.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#problems = new Counter({
      name: 'cunma_problems_total',
      help: 'Problems answered, by code: sign_in_failed, too_many_requests, internal and so on.',
      labelNames: ['code'],
      registers,
    });
    this.#faults = new Counter({
      name: 'cunma_faults_total',
      help: 'Faults that only the log tells in full, such as the overlay of a layer that failed.',
      labelNames: ['what'],
      registers,
    });
    if (options.process) collectDefaultMetrics({ register: this.registry });
  }

  /** A request that has ended; its route is a pattern. */
  request({ method, route, status, seconds }: Ended): void {
    const labels = {
      method: METHODS.has(method) ? method : 'OTHER',
      route,
      status: String(status),
    };
    this.#requests.observe(labels, seconds);
  }

  problem(code: string): void {
    this.#problems.inc({ code });
  }

  fault(what: string): void {
    if (this.#whats.size < MOST_WHATS) this.#whats.add(what);
    this.#faults.inc({ what: this.#whats.has(what) ? what : 'other' });
  }

  /** A figure that is asked for at every scrape; with a label, one for each value. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** Figures under one name, all replaced at every scrape. */
  gauges(
    name: string,
    help: string,
    labelNames: string[],
    read: () => { labels: Record<string, string>; value: number }[],
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { labels, value } of read()) this.set(labels, value);
      },
    });
  }
}
