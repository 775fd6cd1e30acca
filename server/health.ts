import type { Express } from 'express';
import type { Drain } from './http/index.ts';
import { runSelfTest } from './overlay/index.ts';
import type { Startup } from './startup.ts';

/** `/healthz`: the process is alive. `/readyz`: a known overlay, run now, gave the known areas. */
export function healthRoutes(app: Express, startup: Startup, drain: Drain): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    if (drain.stopping) {
      response.status(503).json({ status: 'stopping', under_way: drain.underWay });
      return;
    }
    const { database, step, done, total } = startup;
    if (database === null) {
      response.status(503).json({ status: 'starting', step, done, total });
      return;
    }
    const faults = await database.knex
      .transaction((db) => runSelfTest(db, database.gridSize))
      .catch((error: Error) => [error.message]);
    if (faults.length > 0) response.status(503).json({ status: 'failed', faults });
    else
      response.json({
        status: 'ready',
        engine: database.kind,
        embedded: database.embedded?.counters ?? null,
      });
  });
}
