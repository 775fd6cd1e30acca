import { expect } from 'chai';
import { READER, readUploadBounded } from '../../../../server/imports/bounded/read_upload_bounded.ts';
import { type PoolSettings, ReaderPool } from '../../../../server/imports/bounded/reader_pool.ts';
import { readUpload } from '../../../../server/imports/read_upload.ts';
import { Problem } from '../../../../server/problems.ts';
import { kml, kmlPolygon, parcel, placemark, SQUARE, txt } from '../build_files.ts';

const STUB = new URL('./stub_reader.mjs', import.meta.url);

describe('uploads in threads of their own', () => {
  const pools: ReaderPool[] = [];
  const pool = (settings: Partial<PoolSettings> = {}) => {
    const made = new ReaderPool({ ...READER, boot: STUB, threads: 1, waiting: 4, limitMs: 300, ...settings });
    pools.push(made);
    return made;
  };
  afterEach(async () => {
    for (const one of pools.splice(0)) await one.close();
  });
  const read = (from: ReaderPool, name: string, size = 10_000) =>
    from.read({ name, bytes: Buffer.alloc(size) }, {});
  const rejected = async (promise: Promise<unknown>): Promise<Error> => {
    try {
      await promise;
    } catch (error) {
      return error as Error;
    }
    throw new Error('accepted');
  };
  const codeOf = async (promise: Promise<unknown>) => ((await rejected(promise)) as Problem).code;

  it('gives what readUpload gives, and its problems with place and params', async () => {
    const bytes = () => txt('[地块坐标]', parcel(), ...SQUARE);
    const expected = readUpload({ name: 'a.txt', bytes: bytes() });
    expect(await readUploadBounded({ name: 'a.txt', bytes: bytes() })).to.deep.equal(expected);
    const bowTie = [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!].join('\n');
    const problem = (await rejected(
      readUploadBounded({ name: 'b.txt', bytes: Buffer.from(bowTie) }),
    )) as Problem;
    expect(problem).to.be.instanceOf(Problem);
    expect(problem.code).to.equal('file_no_shapes');
    expect(problem.params.reason_en).to.match(/crosses/);
    expect(problem.where).to.include({ file: 'b.txt', part: 1, ring: 1 });
    expect(await codeOf(readUploadBounded({ name: 'c', bytes: bytes() }, { datum: 'gcj02' }))).to.equal(
      'crs_contradiction',
    );
  });
  it('a reader that never ends is ended, and the next file is read', async () => {
    const one = pool();
    const started = Date.now();
    const problem = (await rejected(read(one, 'loop'))) as Problem;
    expect(problem.code).to.equal('file_too_slow');
    expect(problem.params).to.deep.equal({ file: 'loop', limit: 0.3 });
    expect(Date.now() - started).to.be.below(5_000);
    expect(await read(one, 'fine')).to.include({ format: 'txt' });
  });
  it('a reader that wants all memory is ended, the process stays, and the next file is read', async () => {
    const one = pool({ memoryMb: 32, limitMs: 20_000 });
    const before = process.memoryUsage().heapUsed;
    expect(await codeOf(read(one, 'hoard'))).to.equal('file_too_complex');
    expect(process.memoryUsage().heapUsed - before).to.be.below(64 * 1024 * 1024);
    expect(await read(one, 'fine')).to.include({ format: 'txt' });
  }).timeout(30_000);
  for (const name of ['exit', 'throw', 'failed']) {
    it(`a reader that ends itself (${name}) is a fault of ours, and the next file is read`, async () => {
      const one = pool();
      expect(await rejected(read(one, name))).not.to.be.instanceOf(Problem);
      expect(await read(one, 'fine')).to.include({ format: 'txt' });
    });
  }
  it('20 files at once: as many as may wait are read, the others are turned away at once', async () => {
    const one = pool({ limitMs: 5_000 });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => read(one, 'slow')));
    const turnedAway = results.filter((result) => result.status === 'rejected');
    expect(results.length - turnedAway.length).to.equal(5);
    for (const { reason } of turnedAway) expect((reason as Problem).code).to.equal('busy');
    expect(one.waiting).to.equal(0);
    expect(await read(one, 'fine')).to.include({ format: 'txt' });
  });
  it('files behind one that never ends are read after it was ended', async () => {
    const one = pool();
    const [first, ...others] = await Promise.allSettled(
      ['loop', 'fine', 'loop', 'fine'].map((name) => read(one, name)),
    );
    expect(first!.status).to.equal('rejected');
    expect(others.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
  });
  it('hands the bytes over instead of copying them, and small ones whole', async () => {
    const bytes = Buffer.alloc(1_000_000);
    const one = pool();
    expect(await one.read({ name: 'fine', bytes }, {})).to.include({ bytes: 1_000_000 });
    expect(bytes.length).to.equal(0);
    expect(await one.read({ name: 'fine', bytes: Buffer.from('small') }, {})).to.include({ bytes: 5 });
  });
  it('a thread without work is ended', async () => {
    const one = pool({ idleMs: 20 });
    await read(one, 'fine');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await read(one, 'fine')).to.include({ format: 'txt' });
  });
  it('the heaviest file that the limits let in stays within time and memory, and leaves the server free', async () => {
    // 5,000 rings of 40 points: as many features and vertices as are let in
    const ring = (i: number) => {
      const [x, y] = [113 + (i % 70) * 0.01, 35 + Math.floor(i / 70) * 0.01];
      const points = Array.from({ length: 39 }, (_, k) => {
        const angle = (k / 39) * 2 * Math.PI;
        return [x + 0.004 * Math.cos(angle), y + 0.004 * Math.sin(angle)];
      });
      return [...points, points[0]!];
    };
    const bytes = Buffer.from(
      kml(...Array.from({ length: 5000 }, (_, i) => placemark(kmlPolygon([ring(i)]), `${i}`))),
    );
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const started = performance.now();
    const upload = await readUploadBounded({ name: 'big.kml', bytes });
    clearInterval(beat);
    expect(upload.features).to.have.length(5000);
    expect(performance.now() - started).to.be.below(READER.limitMs);
    expect(longest, 'ms without an answer').to.be.below(2_000);
  }).timeout(40_000);
});
