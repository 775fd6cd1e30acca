import { expect } from 'chai';
import type { Knex } from 'knex';
import { appendAudit, OPERATOR, slicesOf, verifyChains } from '../../server/audit/index.ts';
import { ENGINE, testDatabase } from '../support/database.ts';

const append = (db: Knex, division_code: string, record_id: string) =>
  appendAudit(db, OPERATOR, { action: 'test.write', record_kind: 'test', record_id, division_code });

async function chain(county: string): Promise<{ entries: number; kind: string | undefined }> {
  const { knex } = await testDatabase();
  const slices = slicesOf(knex, null);
  for await (const { county_code, entries, fault } of verifyChains(slices, [], new AbortController().signal))
    if (county_code === county) return { entries, kind: fault?.kind };
  return { entries: 0, kind: undefined };
}

describe('writers of the audit trail', () => {
  it('at once in one county make one chain without a gap, the undone ones leaving nothing', async () => {
    const { knex } = await testDatabase();
    const writer = (n: number) =>
      knex
        .transaction(async (db) => {
          await append(db, '419921', String(n));
          if (n % 5 === 0) throw new Error('undone');
        })
        .catch((error: Error) => expect(error.message).to.equal('undone'));
    await Promise.all(Array.from({ length: 40 }, (_, n) => writer(n)));
    expect(await chain('419921')).to.deep.equal({ entries: 32, kind: undefined });
    const { rows } = await knex.raw<{ rows: { in_order: boolean }[] }>(
      `select bool_and(later) as in_order from (
         select at >= lag(at, 1, '') over (order by seq) as later from audit_entry where county_code = '419921') e`,
    );
    expect(rows[0]!.in_order).to.equal(true);
  });

  // the embedded engine has one connection: nothing there is at once
  const severalConnections = ENGINE === 'native' ? it : () => undefined;
  severalConnections(
    'in two counties do not wait for each other; in one, the second waits for the first',
    async () => {
      const { knex } = await testDatabase();
      const first = await knex.transaction();
      await append(first, '419922', 'first');
      await knex.transaction((db) => append(db, '419923', 'meanwhile'));
      const order: string[] = [];
      const second = knex
        .transaction((db) => append(db, '419922', 'second'))
        .then((seq) => order.push(`second ${seq}`));
      const waiting = async () =>
        (
          await knex.raw<{ rows: unknown[] }>(
            "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%append_audit%'",
          )
        ).rows.length > 0;
      while (!(await waiting())) await new Promise((resolve) => setImmediate(resolve));
      order.push('first done');
      await first.commit();
      await second;
      expect(order).to.deep.equal(['first done', 'second 2']);
      expect(await chain('419922')).to.deep.equal({ entries: 2, kind: undefined });
    },
  );

  it('under the roles of requests may append and nothing else', async () => {
    const { knex } = await testDatabase();
    await slicesOf(knex, { role: 'cunma_sign_in', account: null, areas: [] })((db) =>
      append(db, '419924', 'a'),
    );
    await slicesOf(knex, { role: 'cunma_app', account: null, areas: [] })((db) => append(db, '419924', 'b'));
    expect(await chain('419924')).to.deep.equal({ entries: 2, kind: undefined });
  });

  it('keeps what a person is called out of the trail, whatever the caller hands over', async () => {
    const { knex } = await testDatabase();
    await knex.transaction((db) =>
      appendAudit(db, OPERATOR, {
        action: 'test.write',
        record_kind: 'test',
        record_id: '1',
        division_code: '419925',
        before: { name: '张三丰', phone: '13812345678', password: 'correct horse' },
        after: { people: [{ login: 'zhangsanfeng' }], note: '电话 13812345678' },
      }),
    );
    const entry = (await knex('audit_entry').where({ county_code: '419925' }).first('body')) as {
      body: string;
    };
    expect(entry.body).not.to.match(/三|zhangsan|12345678|1381234|horse/);
  });
});
