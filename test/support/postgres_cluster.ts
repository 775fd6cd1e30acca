import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free_port.ts';
import { postgisPrograms } from './postgres_programs.ts';

/** A database with PostGIS in it: `create database x template template_postgis`. */
export const TEMPLATE = 'template_postgis';

export interface PostgresCluster {
  /** Superuser, database `postgres`: for creating databases. */
  url: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/*
 * The shell in between outlives this process by a moment: when its stdin closes, because stop() was called or because
 * this process ended in whatever way (Ctrl-C, crash, kill -9), it ends the server and removes the folder.
 */
const KEEPER = `
  "$1/postgres" -D "$2/data" >"$2/log" 2>&1 & server=$!
  cat >/dev/null
  kill -INT $server 2>/dev/null; wait $server; rm -rf "$2"`;

/**
 * Starts a throw-away PostgreSQL with PostGIS on a random port of 127.0.0.1, without fsync: nothing in it survives.
 * Throws where {@link postgisPrograms} finds nothing or the server does not come up, with the server's own words.
 */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const programs = postgisPrograms();
  if (programs === null) throw new Error('no PostgreSQL with PostGIS on this machine');
  const identity = postgresIdentity();
  const folder = mkdtempSync(join(tmpdir(), 'cunma-pg-'));
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const port = await freePort();
  try {
    const init = [
      '-D',
      join(folder, 'data'),
      '-U',
      'postgres',
      '--auth=trust',
      '--no-locale',
      '--encoding=UTF8',
      '-N',
    ];
    execFileSync(join(programs, 'initdb'), init, {
      ...identity,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    writeFileSync(join(folder, 'data', 'postgresql.auto.conf'), settings(folder, port));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  // Its own process group: a Ctrl-C at the terminal must not end the keeper before it has cleaned up.
  const keeper = spawn('sh', ['-c', KEEPER, 'keeper', programs, folder], {
    ...identity,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  // A forgotten cluster must not keep a test run alive; the keeper then cleans up.
  keeper.unref();
  (keeper.stdin as Socket).unref();
  const cluster = { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: () => stop(keeper) };
  try {
    await createTemplate(cluster.url, () =>
      execFileSync('tail', ['-n', '20', join(folder, 'log')]).toString(),
    );
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

function settings(folder: string, port: number): string {
  return [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    `unix_socket_directories = '${folder}'`,
    'fsync = off',
    'synchronous_commit = off',
    'full_page_writes = off',
    'shared_buffers = 512MB',
    'max_connections = 100',
    "timezone = 'UTC'",
    '',
  ].join('\n');
}

/** PostgreSQL refuses to run as root: then as the user `postgres`, which Debian's package makes. */
function postgresIdentity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function createTemplate(url: string, log: () => string): Promise<void> {
  await connectWhenUp(url, log);
  await execute(url, `create database ${TEMPLATE}`);
  await execute(url.replace(/postgres$/, TEMPLATE), 'create extension postgis');
  await execute(url, `alter database ${TEMPLATE} is_template true allow_connections false`);
}

async function connectWhenUp(url: string, log: () => string): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      return await execute(url, 'select 1');
    } catch (cause) {
      if (Date.now() > until) throw new Error(`PostgreSQL did not come up:\n${log()}`, { cause });
      await sleep(100);
    }
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const ended = once(keeper, 'exit');
  keeper.stdin?.end();
  await ended;
}
