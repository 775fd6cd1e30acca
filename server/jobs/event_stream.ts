import { Readable } from 'node:stream';
import type { Language } from '../messages/index.ts';
import type { JobNews } from './follow_job.ts';
import { showJob } from './show_job.ts';

/** How long a browser waits before it comes back after the stream broke off, ms. */
const RECONNECT_MS = 3_000;

/** Server-sent events (WHATWG HTML, 9.2) are neither kept, nor compressed, nor collected by a proxy (nginx) until they end. */
export const EVENT_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** News of a job as server-sent events: the data of each is the whole {@link Job}, its id the job's revision. */
export function eventStream(news: AsyncIterable<JobNews>, language: Language): Readable {
  return Readable.from(write(news, language), { objectMode: false });
}

async function* write(news: AsyncIterable<JobNews>, language: Language): AsyncGenerator<Buffer> {
  yield Buffer.from(`retry: ${RECONNECT_MS}\n\n`);
  for await (const each of news)
    yield Buffer.from(
      each === 'quiet'
        ? ': still here\n\n'
        : `id: ${each.row.revision}\ndata: ${JSON.stringify(showJob(each.row, each.log, language))}\n\n`,
    );
}
