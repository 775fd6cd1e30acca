import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { FolderStore } from '../../../server/files/storage/folder_store.ts';
import { DISK_RESERVE_BYTES, Incoming } from '../../../server/http/index.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const fault = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

describe('the store of files', () => {
  let folder: string;
  let store: FolderStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-store-'));
    store = new FolderStore(join(folder, 'files', 'blobs'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function put(bytes: Buffer): Promise<string> {
    const path = join(folder, 'one');
    writeFileSync(path, bytes);
    await store.put(path, sha256(bytes));
    return sha256(bytes);
  }

  it('takes a file over, gives it back, lists and removes it', async () => {
    for await (const blob of store.list()) expect.fail(blob.sha256);
    const bytes = Buffer.alloc(300_000, 'abc');
    const hash = await put(bytes);
    expect(readdirSync(folder)).to.deep.equal(['files']);
    expect(await store.size(hash)).to.equal(300_000);
    expect((await buffer(await store.open(hash))).equals(bytes)).to.equal(true);
    await put(bytes);
    const other = await put(Buffer.from('other'));
    const listed: string[] = [];
    for await (const blob of store.list()) listed.push(blob.sha256);
    expect(listed.sort()).to.deep.equal([hash, other].sort());
    await store.remove(hash);
    await store.remove(hash);
    expect(await store.size(hash)).to.equal(null);
    expect(await fault(store.open(hash))).to.equal('ENOENT');
  });

  it('does not give back what has changed', async () => {
    for (const size of [5, 200_000]) {
      const hash = await put(Buffer.alloc(size, 'x'));
      const path = join(folder, 'files', 'blobs', hash.slice(0, 2), hash);
      const damaged = readFileSync(path);
      damaged[size - 1] = 0;
      writeFileSync(path, damaged);
      expect(await fault(buffer(await store.open(hash)))).to.include('has changed');
      writeFileSync(path, damaged.subarray(0, size - 1));
      expect(await fault(buffer(await store.open(hash)))).to.include('has changed');
    }
  });

  it('takes no path for a hash', async () => {
    for (const name of ['../../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(63)}/`])
      expect(await fault(store.open(name))).to.include('not a SHA-256');
  });
});

describe('what comes in', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-incoming-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves nothing where the sender breaks off', async () => {
    const incoming = new Incoming(folder);
    const source = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error('gone');
      })(),
    );
    expect(await fault(incoming.write(source))).to.equal('gone');
    expect(readdirSync(folder)).to.deep.equal([]);
    const {
      path,
      bytes,
      sha256: hash,
    } = await incoming.write(Readable.from([Buffer.from('ab'), Buffer.from('c')]));
    expect([bytes, hash, readFileSync(path, 'utf8')]).to.deep.equal([3, sha256('abc'), 'abc']);
  });

  it('removes what a crash left, and not what another process is writing', () => {
    const mine = `${process.pid}-a`;
    const running = `${process.ppid}-b`;
    for (const name of [mine, running, '999999999-c', 'nonsense']) writeFileSync(join(folder, name), 'x');
    new Incoming(folder).clear();
    expect(readdirSync(folder)).to.deep.equal([running]);
    new Incoming(folder).clear(Date.now() + 2 * 60 * 60 * 1000);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('admits no more than it has room for, and gives the room back', async () => {
    let free = DISK_RESERVE_BYTES + 1_000;
    const incoming = new Incoming(folder, async () => free);
    const leave = await incoming.admit(1_000);
    expect(await fault(incoming.admit(1_001))).to.equal('storage_full');
    leave();
    free = Number.MAX_SAFE_INTEGER;
    const half = 256 * 1024 * 1024;
    const leaves = [await incoming.admit(half), await incoming.admit(half)];
    expect(await fault(incoming.admit(1))).to.equal('busy');
    for (const one of leaves) one();
    await incoming.admit(half);
  });
});
