import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ServerProcess } from '../support/server_process.ts';

const SQUARE = {
  type: 'Polygon',
  coordinates: [
    [
      [113.24, 35.215],
      [113.241, 35.215],
      [113.241, 35.216],
      [113.24, 35.216],
      [113.24, 35.215],
    ],
  ],
};

describe('a server that is killed', function () {
  this.timeout(180_000);
  let data = '';
  let server: ServerProcess | null = null;
  before(() => {
    data = mkdtempSync(join(tmpdir(), 'cunma-crash-'));
  });
  after(async () => {
    await server?.stop();
    rmSync(data, { recursive: true, force: true });
  });
  const start = () => ServerProcess.start({ data, env: { CUNMA_LAND: 'none' } });

  async function check(url: string): Promise<string | null> {
    const body = JSON.stringify({ geometry: SQUARE, activity: 'house' });
    const response = await fetch(`${url}/api/checks`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    }).catch(() => null);
    if (response?.status !== 201) return null;
    const text = await response.text().catch(() => null);
    return text === null ? null : (JSON.parse(text) as { id: string }).id;
  }

  it('has every acknowledged check after kill -9 in the middle of writing', async () => {
    server = await start();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { url } = server;
      const writers = Array.from({ length: 4 }, async () => {
        for (;;) {
          const id = await check(url);
          if (id === null) return;
          acknowledged.push(id);
        }
      });
      // in the middle of writing, however slow the machine is
      const enough = acknowledged.length + 5;
      while (acknowledged.length < enough && server.running)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await server.kill9();
      await Promise.all(writers);
      server = await start();
    }
    expect(acknowledged.length).to.be.greaterThan(10);
    for (const id of acknowledged) {
      const response = await fetch(`${server.url}/api/checks/${id}`);
      expect(response.status, id).to.equal(200);
      expect(await response.json()).to.include({ id, outcome: 'unknown' });
    }
  });

  it('keeps a second server out of its folder, with a message that names it', async () => {
    const second = await ServerProcess.launch({ data });
    const deadline = Date.now() + 30_000;
    while (second.running && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(second.running).to.equal(false);
    expect(second.log).to.contain(data);
    expect(second.log).to.match(/正被另一个村码进程使用/);
  });

  it('makes a half-made database folder again', async () => {
    await server!.stop();
    rmSync(join(data, 'pg.initialised'));
    writeFileSync(join(data, 'pg', 'PG_VERSION'), 'cut');
    server = await start();
    expect(await check(server.url)).to.match(/^[0-9a-f]{32}$/);
  });
});
