import { Installation } from '../contract/index.ts';
import type { Database } from '../db/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import type { Metrics } from './metrics.ts';
import { installationArea } from './queries.ts';
import { type Scraped, scraper } from './scrape.ts';
import { type ProcessFacts, showInstallation } from './show_installation.ts';
import { LatestState, readState, type StateSources } from './state.ts';

export interface OperationContext extends StateSources, Scraped, ProcessFacts {
  metrics: Metrics;
}

/** The figures are of the whole installation: the right in a part of it is not enough. Throws `forbidden`. */
async function requireWhole({ knex }: Database, areas: readonly string[]): Promise<void> {
  const area = await installationArea(knex);
  if (area === null || !isWithin(area, areas)) throw new Problem('forbidden');
}

function opened({ database }: StateSources): Database {
  const open = database();
  if (open === null) throw new Problem('starting');
  return open;
}

export function operationRoutes(context: OperationContext): Endpoint[] {
  const page = scraper(context.metrics, new LatestState(context), context);
  return [
    endpoint({
      method: 'get',
      path: '/metrics',
      summary:
        'Figures for Prometheus. Open to this machine itself, not through a proxy; else with a token for the whole installation.',
      access: 'installation.read',
      openOnLoopback: 'always',
      transaction: false,
      reply: 'text/plain',
      problems: ['sign_in_required', 'token_invalid', 'forbidden'],
      handle: async ({ who, areas }) => {
        if (who.actor !== null) await requireWhole(opened(context), areas);
        const headers = { 'Content-Type': context.metrics.registry.contentType, 'Cache-Control': 'no-store' };
        return new Reply(await page(), { headers });
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/installation',
      summary: 'Version, engine, storage, jobs, last backup and health of the installation on one page.',
      access: 'installation.read',
      transaction: false,
      reply: Installation,
      problems: ['forbidden'],
      handle: async ({ areas, language }) => {
        const database = opened(context);
        await requireWhole(database, areas);
        return showInstallation(await readState(database, context), database, context, language);
      },
    }),
  ];
}
