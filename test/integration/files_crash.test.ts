import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Database, openEmbedded } from '../../server/db/index.ts';
import { ENGINE, type Opened, openEmpty } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { prepareEmpty } from '../support/prepare.ts';
import { ServerProcess } from '../support/server_process.ts';
import { giveFile } from '../support/upload_file.ts';

const ROUNDS = 3;
const WRITERS = 4;

describe('files of a server that is killed', function () {
  this.timeout(180_000);
  let data = '';
  let opened: Opened | null = null;
  let clerk: Person;
  const env: Record<string, string> = { CUNMA_LAND: 'none', CUNMA_RATE_LIMITS: 'off' };

  async function addClerk(database: Database): Promise<void> {
    await prepareEmpty(database);
    clerk = await person(database.knex, [{ role: 'township_clerk', division_code: '410821100' }]);
  }

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'cunma-files-crash-'));
    if (ENGINE === 'embedded') {
      const database = await openEmbedded(data);
      await addClerk(database);
      await database.close();
      return;
    }
    opened = await openEmpty();
    await addClerk(opened.database);
    const { rows } = await opened.database.knex.raw<{ rows: { name: string }[] }>(
      'select current_database() as name',
    );
    const url = new URL(process.env.CUNMA_TEST_DATABASE_URL!);
    env.DATABASE_URL = Object.assign(url, { pathname: `/${rows[0]!.name}` }).href;
  });
  after(async () => {
    await opened?.remove();
    rmSync(data, { recursive: true, force: true });
  });

  it('has every acknowledged file, byte for byte, and nothing half after kill -9 in the middle of writing', async () => {
    const acknowledged: { id: string; sha256: string }[] = [];
    let server = await ServerProcess.start({ data, env });
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const { url } = server;
        const enough = acknowledged.length + 8;
        const writers = Array.from({ length: WRITERS }, async () => {
          for (;;) {
            const bytes = Buffer.from(randomBytes(200_000).toString('hex'));
            const answer = await giveFile(url, clerk, bytes).catch(() => null);
            if (answer === null) return;
            expect(answer.status, answer.body.code).to.equal(201);
            const sha256 = createHash('sha256').update(bytes).digest('hex');
            expect(answer.body.sha256).to.equal(sha256);
            acknowledged.push({ id: answer.body.id, sha256 });
          }
        });
        while (acknowledged.length < enough) await new Promise((resolve) => setTimeout(resolve, 5));
        await server.kill9();
        await Promise.all(writers);
        server = await ServerProcess.start({ data, env });
        expect(readdirSync(join(data, 'files', 'incoming'))).to.deep.equal([]);
      }
      for (const { id, sha256 } of acknowledged) {
        const content = await fetch(`${server.url}/api/files/${id}/content`, { headers: clerk.headers });
        expect(content.status).to.equal(200);
        const found = createHash('sha256').update(new Uint8Array(await content.arrayBuffer()));
        expect(found.digest('hex')).to.equal(sha256);
      }
    } finally {
      await server.stop();
    }
  });
});
