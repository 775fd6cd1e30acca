import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { isClientStale } from '../../../../tools/testing/freshness.ts';

describe('whether the client must be built', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cunma-client-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** A file last changed `at` seconds after 1970, its folders older than any. */
  function file(path: string, at: number) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, '');
    utimesSync(full, at, at);
    for (let folder = dirname(full); folder !== root; folder = dirname(folder)) utimesSync(folder, 1, 1);
  }

  it('must, where there is none', () => {
    expect(isClientStale(root)).to.equal(true);
  });

  it('must not, where it is newer than all its sources', () => {
    file('client/map/a.ts', 100);
    file('server/app.ts', 900);
    file('dist/client/index.html', 500);
    expect(isClientStale(root)).to.equal(false);
  });

  it('must, where a source far down or the contract is newer', () => {
    file('dist/client/index.html', 500);
    file('client/pages/home/a.tsx', 501);
    expect(isClientStale(root)).to.equal(true);
    file('client/pages/home/a.tsx', 499);
    expect(isClientStale(root)).to.equal(false);
    file('server/contract/check.ts', 501);
    expect(isClientStale(root)).to.equal(true);
  });
});
