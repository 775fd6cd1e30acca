import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Backup } from '../../../server/contract/index.ts';
import { BackupsFolder, backupName } from '../../../server/recovery/backups_folder.ts';

const DAY_MS = 24 * 3600 * 1000;

describe('the folder of backups', () => {
  let path: string;
  let folder: BackupsFolder;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'cunma-folder-'));
    folder = new BackupsFolder(path);
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  const put = (at: string): Backup => {
    const name = backupName(new Date(at), '0a1b');
    writeFileSync(join(path, name), 'archive');
    const facts = { encrypted: false, rows: 1, files: 0, missing_files: 0 };
    return {
      name,
      created_at: at,
      verified_at: at,
      bytes: 7,
      ...facts,
      engine: 'native',
      app_version: '0',
    };
  };

  it('counts only what was noted as whole, the newest first', async () => {
    const [older, newer] = [put('2026-11-20T02:30:00.000Z'), put('2026-11-21T02:30:00.000Z')];
    put('2026-11-22T02:30:00.000Z');
    await folder.note(older);
    await folder.note(newer);
    expect(await folder.list()).to.deep.equal([newer, older]);
    expect((await folder.lastGoodAt())?.toISOString()).to.equal(newer.created_at);
    writeFileSync(join(path, newer.name), 'archiv');
    expect(await folder.list(), 'one that was cut').to.deep.equal([older]);
    await folder.remove(older.name);
    expect(await folder.lastGoodAt()).to.equal(null);
  });

  it('is swept of what crashes left a day ago, and of nothing else', async () => {
    const now = Date.UTC(2026, 10, 22);
    const names = [
      'cunma-x.backup.partial',
      'operator-0123456789abcdef',
      'operator-notes.txt',
      'mine.backup',
    ];
    for (const [prefix, age] of [
      ['', 2 * DAY_MS],
      ['new-', 60_000],
    ] as const)
      for (const name of names) {
        const file = join(
          path,
          name.startsWith('operator-0') && prefix ? 'operator-fedcba9876543210' : prefix + name,
        );
        writeFileSync(file, 'x');
        utimesSync(file, new Date(now - age), new Date(now - age));
      }
    await folder.removeStale(now);
    expect(readdirSync(path).sort()).to.deep.equal(
      [
        'mine.backup',
        'new-cunma-x.backup.partial',
        'new-mine.backup',
        'new-operator-notes.txt',
        'operator-fedcba9876543210',
        'operator-notes.txt',
      ].sort(),
    );
  });
});
