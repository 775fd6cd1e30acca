import { batchBench } from './batch.ts';
import { clearPlacesBench } from './clear_places.ts';
import { concurrencyBench } from './concurrency.ts';
import { memoryBench } from './memory.ts';
import { overlayBench } from './overlay/main.ts';
import { startBench } from './start.ts';

/** `npm run bench -- [name …]`: prints tables; nothing here asserts a time. */
const BENCHES: Record<string, () => Promise<void>> = {
  start: startBench,
  overlay: overlayBench,
  memory: memoryBench,
  concurrency: concurrencyBench,
  batch: batchBench,
  clear_places: clearPlacesBench,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  console.log(`\n# ${name}`);
  await BENCHES[name]!();
}
process.exit(0);
