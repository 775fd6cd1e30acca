import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { run } from '../../../../tools/testing/child.ts';

const QUIET = { limitMs: 10_000, show: false };

describe('running a command', () => {
  it('gives what it wrote and whether it went well', async () => {
    expect(await run(['sh', '-c', 'echo out; echo err >&2'], QUIET)).to.deep.equal({
      ok: true,
      output: 'out\nerr\n',
    });
    expect((await run(['sh', '-c', 'exit 3'], QUIET)).ok).to.equal(false);
  });

  it('fails, and does not throw, where there is no such program', async () => {
    const { ok, output } = await run(['/nowhere/program'], QUIET);
    expect(ok).to.equal(false);
    expect(output).to.include('could not be started');
  });

  it('ends a command that is late, with what it has started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cunma-child-'));
    const late = join(folder, 'late');
    const { ok, output } = await run(['sh', '-c', `(sleep 1; touch ${late}) & wait`], {
      limitMs: 200,
      show: false,
    });
    expect(ok).to.equal(false);
    expect(output).to.include('did not end within 0.2 s');
    await sleep(1200);
    expect(existsSync(late)).to.equal(false);
    rmSync(folder, { recursive: true });
  });
});
