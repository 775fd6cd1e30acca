import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';

/** The stream `source`, which fails before its last bytes where its SHA-256 is another: damage never looks complete. */
export function verified(source: Readable, sha256: string): Readable {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const ready = held;
      held = chunk;
      done(null, ready ?? undefined);
    },
    flush(done) {
      const found = hash.digest('hex');
      if (found === sha256) done(null, held ?? undefined);
      else done(new Error(`content of ${sha256} has changed: its SHA-256 is now ${found}`));
    },
  });
  pipeline(source, check, () => undefined);
  return check;
}
