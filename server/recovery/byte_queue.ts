/** Bytes that came in pieces of any size and are taken in pieces of another. */
export interface ByteQueue {
  readonly length: number;
  push(bytes: Buffer): void;
  /** The next `count` bytes; throws where there are fewer. */
  take(count: number): Buffer;
}

export function byteQueue(): ByteQueue {
  let pieces: Buffer[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(bytes) {
      pieces.push(bytes);
      length += bytes.length;
    },
    take(count) {
      if (count > length) throw new Error(`${count} bytes asked for, ${length} are there`);
      const all = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, length);
      pieces = [all.subarray(count)];
      length -= count;
      return all.subarray(0, count);
    },
  };
}
