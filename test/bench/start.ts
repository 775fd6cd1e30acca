import { rmSync } from 'node:fs';
import { ServerProcess } from '../support/server_process.ts';

async function timed(data?: string): Promise<{ seconds: number; server: ServerProcess }> {
  const started = performance.now();
  const server = await ServerProcess.start(data === undefined ? {} : { data });
  return { seconds: (performance.now() - started) / 1000, server };
}

/** First start to ready on an empty folder, later starts on the same one; embedded engine, default land. */
export async function startBench(): Promise<void> {
  const first = await timed('.cache/bench-start');
  console.log(`first start to ready   ${first.seconds.toFixed(1)} s`);
  await first.server.stop();
  for (let i = 0; i < 3; i++) {
    const later = await timed('.cache/bench-start');
    console.log(`later start to ready   ${later.seconds.toFixed(1)} s`);
    await later.server.stop();
  }
  rmSync('.cache/bench-start', { recursive: true, force: true });
}
