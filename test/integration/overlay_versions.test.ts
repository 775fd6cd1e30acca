import { expect } from 'chai';
import type { Knex } from 'knex';
import pg from 'pg';
import { overlayOf } from '../../server/checks/run_overlay.ts';
import { submitCheck } from '../../server/checks/submit_check.ts';
import type { OverlayAnswer, ProblemBody } from '../../server/contract/index.ts';
import { type Database, openNative } from '../../server/db/index.ts';
import { readShape } from '../../server/geometry/index.ts';
import { loadVersion } from '../../server/imports/index.ts';
import { type OverlayOptions, overlayShape, overlayWithCertainty } from '../../server/overlay/index.ts';
import { measureCoverage, measureParts } from '../../server/overlay/queries.ts';
import { type RuleBook, ruleBook } from '../../server/rules/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { Startup } from '../../server/startup.ts';
import { ENGINE, type Opened, openEmpty, rolledBack } from '../support/database.ts';
import { startPostgresCluster } from '../support/postgres_cluster.ts';
import { prepareEmpty } from '../support/prepare.ts';
import { serve } from '../support/serve.ts';
import { COUNTY, cells, polygon, testCounty, version, zone } from '../support/test_land.ts';

const DAY = '2026-11-22';
const LAYER = 'permanent_basic_farmland';
/** Yards, free of farmland in the test land. */
const YARDS = polygon(cells(2.1, 0.1, 2.9, 1.9));
const SHAPE = readShape(YARDS, {});

type Loaded = Pick<Database, 'gridSize'>;
/** A newer version, in which the yards are farmland. */
const loadNewer = (db: Knex.Transaction, { gridSize }: Loaded, from = '2026-01-01') =>
  loadVersion(
    db,
    COUNTY,
    version(LAYER, [zone('pbf', polygon(cells(2, 0, 3, 2)))], { in_force_from: from }),
    {
      gridSize,
      demonstration: true,
      partition: false,
    },
  );
const rowOf = (result: Awaited<ReturnType<typeof overlayShape>>) =>
  result.layers.find(({ layer }) => layer.key === LAYER)!;

describe('an overlay of an earlier day', () => {
  it(
    'rests on the version in force then, and so does a check',
    rolledBack(async (db, database) => {
      await loadVersion(db, COUNTY, version('nature_reserve', []), {
        gridSize: database.gridSize,
        demonstration: true,
        partition: false,
      });
      await loadNewer(db, database);
      const on = async (asOf: string) =>
        rowOf(await overlayShape(db, { shape: SHAPE, asOf }, { gridSize: database.gridSize }));
      const [before, since, never] = [await on('2025-12-31'), await on('2026-01-01'), await on('2024-12-30')];
      expect(before.status).to.equal('not_affected');
      expect(since.status).to.equal('affected');
      expect(since.area_m2).to.be.closeTo(SHAPE.area_m2, 1e-3);
      expect(never).to.include({ status: 'no_data', reason: 'no_version' });
      expect(before.versions[0]!.id).not.to.equal(since.versions[0]!.id);
      const outcomeOn = async (today: string) => {
        const request = { geometry: YARDS, activity: 'trees', details: { trees: 'fruit' } } as const;
        return (await submitCheck(request, { db, rules: ruleBook(), today, overlay: database })).outcome;
      };
      expect(await outcomeOn('2025-12-31')).to.equal('clear');
      expect(await outcomeOn(DAY)).to.equal('conflict');
    }),
  );

  it(
    'is judged by the rules of that day',
    rolledBack(async (db, database) => {
      const on = async (rules: RuleBook, as_of?: string) => {
        const { layers, verdict } = await overlayOf(
          readShape(polygon(cells(0.1, 0.1, 0.9, 0.9)), {}),
          { as_of, activity: 'trees', details: { trees: 'fruit' } },
          { db, rules, overlay: database, today: DAY },
        );
        const farmland = layers.find(({ layer }) => layer === 'permanent_basic_farmland')!;
        return { outcome: verdict!.outcome, rules: farmland.rules!.map(({ id }) => id) };
      };
      const book = ruleBook();
      const always = await on(book);
      expect(always.rules).to.have.length.greaterThan(0);
      expect(always.outcome).to.equal('conflict');
      const late = withTreesFrom(book, '2026-06-01');
      expect(await on(late, '2026-06-01')).to.deep.equal(always);
      expect(await on(late)).to.deep.equal(always);
      // on the day before nothing spoke of it: nobody knew
      expect(await on(late, '2026-05-31')).to.deep.equal({ outcome: 'unknown', rules: [] });
    }),
  );
});

/** The same rule book, whose rules about trees begin on a day. */
function withTreesFrom(book: RuleBook, from: string): RuleBook {
  const trees = book.activities.get('trees')!;
  const rules = trees.rules.map((rule) => ({ ...rule, valid: { ...rule.valid, from } }));
  return { ...book, activities: new Map([...book.activities, ['trees', { ...trees, rules }]]) };
}

/** What happens on another connection between two statements of an overlay: only PostgreSQL has two connections. */
if (ENGINE === 'native')
  describe('land that changes while an overlay runs', function () {
    this.timeout(60_000);
    let opened: Opened;
    before(async () => {
      opened = await openEmpty();
      await prepareEmpty(opened.database);
      await loadCounty(opened.database, testCounty(), () => undefined);
    });
    after(() => opened.remove());

    /** Measures, and between the coverage and the parts does what a test says on another connection. */
    function between(change: () => Promise<unknown>): NonNullable<OverlayOptions['measures']> {
      let done = false;
      return {
        parts: measureParts,
        coverage: async (...args) => {
          const coverage = await measureCoverage(...args);
          if (!done) await change();
          done = true;
          return coverage;
        },
      };
    }
    const run = (isolationLevel: 'repeatable read' | 'read committed', change: () => Promise<unknown>) => {
      const { knex, gridSize } = opened.database;
      return knex.transaction(
        (db) =>
          overlayWithCertainty(
            db,
            { shape: SHAPE, asOf: DAY, near: true, accuracy_m: 5 },
            { gridSize, measures: between(change) },
          ),
        { isolationLevel },
      );
    };
    const publish = () => opened.database.knex.transaction((db) => loadNewer(db, opened.database));
    const withdraw = () =>
      opened.database.knex.raw(`delete from layer_version where layer = ? and in_force_from = '2026-01-01'`, [
        LAYER,
      ]);

    it('answers wholly from the versions that it began with, where one is published', async () => {
      const first = await run('repeatable read', publish);
      expect(rowOf(first.result).status).to.equal('not_affected');
      expect(first.certainties.get(LAYER)).to.equal('surely_outside');
      expect(rowOf((await run('repeatable read', async () => undefined)).result).status).to.equal('affected');
    });

    it('answers wholly from the version that was there, where it is removed, and never free of it', async () => {
      const { result, certainties } = await run('repeatable read', withdraw);
      expect(rowOf(result).status).to.equal('affected');
      expect(certainties.get(LAYER)).to.equal('surely_inside');
      const after = await run('repeatable read', async () => undefined);
      expect(rowOf(after.result).status).to.equal('not_affected');
    });

    it('is unknown where a caller asked without one moment for all and the pieces went', async () => {
      await publish();
      const { result } = await run('read committed', withdraw);
      // measured once more, the version is gone whole: unknown either way, and never free of it
      expect(rowOf(result).status).to.be.oneOf(['failed', 'no_data']);
    });

    it('asks for one moment over HTTP', async () => {
      const startup = new Startup();
      startup.ready(opened.database);
      const { base, close } = await serve(startup);
      const levels: string[] = [];
      const note = ({ sql }: { sql: string }) => {
        if (/^begin/i.test(sql)) levels.push(sql);
      };
      opened.database.knex.on('query', note);
      try {
        for (const [path, extra] of [
          ['/api/overlays', {}],
          ['/api/checks', { activity: 'house' }],
        ] as const) {
          levels.length = 0;
          const response = await fetch(base + path, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ geometry: YARDS, ...extra }),
          });
          expect(response.status).to.be.oneOf([200, 201]);
          expect(levels.join(), path).to.match(/repeatable read/i);
        }
      } finally {
        opened.database.knex.removeListener('query', note);
        await close();
      }
    });
  });

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Process id of the backend whose overlay waits for the lock. */
async function waiting(watcher: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await watcher.query<{ pid: number }>(
      `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%coverage_piece%'`,
    );
    if (rows[0] !== undefined) return rows[0].pid;
  }
}

if (ENGINE === 'native')
  describe('a database killed in the middle of an overlay', function () {
    this.timeout(120_000);

    it('is an error that says so, and the next overlay is right', async () => {
      const cluster = await startPostgresCluster();
      const database = openNative(cluster.url);
      try {
        await prepareEmpty(database);
        await loadCounty(database, testCounty(), () => undefined);
        // throw-away clusters commit asynchronously: what is not written yet would be lost with the crash
        await database.knex.raw('checkpoint');
        const startup = new Startup();
        startup.ready(database);
        const { base, close } = await serve(startup);
        const overlay = () =>
          fetch(`${base}/api/overlays`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ geometry: YARDS }),
          });
        const [holder, watcher] = await Promise.all([connect(cluster.url), connect(cluster.url)]);
        try {
          // the overlay waits in its measuring for a lock, so that it is surely under way
          await holder.query('begin; lock table coverage_piece in access exclusive mode');
          const answer = overlay();
          process.kill(await waiting(watcher), 'SIGKILL');
          const response = await answer;
          expect(response.status).to.equal(503);
          expect(((await response.json()) as ProblemBody).code).to.equal('database_unavailable');
          // PostgreSQL throws everybody out and recovers; until then an error says so, never an answer
          let next = await overlay();
          while (next.status === 503) next = await overlay();
          expect(next.status).to.equal(200);
          const { layers } = (await next.json()) as OverlayAnswer;
          expect(layers.find(({ layer }) => layer === LAYER)!.status).to.equal('not_affected');
        } finally {
          await Promise.all([holder.end(), watcher.end()].map((end) => end.catch(() => undefined)));
          await close();
        }
      } finally {
        await database.close();
        await cluster.stop();
      }
    });
  });
