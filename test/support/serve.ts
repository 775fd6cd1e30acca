import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import pino from 'pino';
import { type AppContext, createApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { JobKind } from '../../server/jobs/index.ts';
import { installationKey } from '../../server/keys.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { Startup } from '../../server/startup.ts';
import { testDatabase } from './database.ts';

export interface Served {
  /** `http://127.0.0.1:{port}` */
  base: string;
  app: Express;
  close(): Promise<void>;
}

/** The whole app on a free port of this process; on the run's database unless a start is given. */
export async function serve(
  startup?: Startup,
  config: Partial<Config> = {},
  extraJobKinds: readonly JobKind[] = [],
  extra: Partial<AppContext> = {},
): Promise<Served> {
  const state = startup ?? new Startup();
  if (startup === undefined) state.ready(await testDatabase());
  const folder = config.dataFolder ?? mkdtempSync(join(tmpdir(), 'cunma-served-'));
  const app = createApp({
    config: { ...readConfig({}), ...config, dataFolder: folder },
    startup: state,
    rules: ruleBook(),
    key: installationKey(folder),
    extraJobKinds,
    log: pino({ level: 'silent' }),
    ...extra,
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    app,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (config.dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
