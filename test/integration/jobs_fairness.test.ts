import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { testDatabase } from '../support/database.ts';
import { counting, ended, makeEffectTable, queue, until, working } from '../support/jobs.ts';
import { person } from '../support/people.ts';
import { serve } from '../support/serve.ts';

const SQUARE = [
  [113.24, 35.215],
  [113.241, 35.215],
  [113.241, 35.216],
  [113.24, 35.216],
  [113.24, 35.215],
];
const CHECK = JSON.stringify({ geometry: { type: 'Polygon', coordinates: [SQUARE] }, activity: 'house' });

describe('while a long job works', () => {
  it('requests get their turn between its steps, on the one connection too', async () => {
    const database = await testDatabase();
    const { knex } = database;
    await makeEffectTable(knex);
    const served = await serve();
    const steward = await person(knex, [{ role: 'data_steward', division_code: '410821' }]);
    let step = 0;
    let stop = false;
    const kind = counting('test_long', {
      run: async (context) => {
        while (!stop)
          await context.step(async (db) => {
            await db.raw('select pg_sleep(0.03)');
            step++;
          });
      },
    });
    const id = await queue(knex, kind, 1, { for: steward });
    /** how many steps began and ended while each request waited */
    const waited: number[] = [];
    const ask = async (path: string, init?: RequestInit) => {
      const before = step;
      const response = await fetch(`${served.base}${path}`, init);
      waited.push(step - before);
      return response.status;
    };
    try {
      await working(database, [kind], async () => {
        while (step === 0) await sleep(1);
        const answers: number[] = [];
        for (let n = 0; n < 6; n++) {
          const headers = { 'content-type': 'application/json' };
          const both = [
            ask('/api/checks', { method: 'POST', body: CHECK, headers }),
            ask(`/api/jobs/${id}`, { headers: steward.headers }),
          ];
          answers.push(...(await Promise.all(both)));
        }
        expect(answers).to.deep.equal(Array(6).fill([201, 200]).flat());
        const during = step;
        while (step === during) await sleep(1);
        stop = true;
        expect(await until(knex, id, ended)).to.include({ status: 'succeeded' });
      });
    } finally {
      stop = true;
      await served.close();
      await knex.raw("delete from job where kind = 'test_long'");
      await knex.raw('drop table test_effect');
    }
    // a request takes the connection twice (who asks; the answer), and each time at most one step is under way: fewer
    // waits than the 1,000 steps of a job that never lets go
    if (database.kind === 'embedded') expect(Math.max(...waited)).to.be.at.most(6);
  });
});
