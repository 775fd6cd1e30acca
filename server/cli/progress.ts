import { message } from '../messages/index.ts';
import { say } from './say.ts';

/** Between two lines. */
const TELL_EVERY_MS = 3_000;

export interface CountyProgress extends Record<string, string | number> {
  index: number;
  total: number;
  county: string;
  name: string;
}

/** Seconds that are left, after `done` of about `expected` rows took `seconds`; null: too early to say. */
export function secondsLeft(done: number, expected: number, seconds: number): number | null {
  if (done <= 0 || seconds < 2) return null;
  return (Math.max(0, expected - done) * seconds) / done;
}

function duration(language: 'zh' | 'en', seconds: number | null): string {
  if (seconds === null) return '…';
  return seconds < 90
    ? message(language, 'operator.seconds', { n: Math.ceil(seconds) })
    : message(language, 'operator.minutes', { n: Math.ceil(seconds / 60) });
}

/** Tells from time to time how far a load is; watches the memory. */
export class Progress {
  rows = 0;
  memory = 0;
  #told = 0;
  readonly #began = performance.now();

  /** `expected`: rows of all counties to load */
  constructor(private readonly expected: number) {}

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** Counts rows and says so from time to time. `titles`: the layer in both languages. */
  count(county: CountyProgress, titles: { zh: string; en: string }, rows: number): void {
    this.rows += rows;
    this.memory = Math.max(this.memory, process.memoryUsage.rss());
    const now = performance.now();
    if (now - this.#told < TELL_EVERY_MS) return;
    this.#told = now;
    const left = secondsLeft(this.rows, this.expected, this.seconds);
    say('progress', (language) => ({
      ...county,
      layer: titles[language],
      rows: this.rows.toLocaleString('en'),
      rate: Math.round(this.rows / this.seconds).toLocaleString('en'),
      left: duration(language, left),
    }));
  }

  get megabytes(): number {
    return Math.round(this.memory / 2 ** 20);
  }
}
