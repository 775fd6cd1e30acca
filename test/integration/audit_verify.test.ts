import { expect } from 'chai';
import type { Knex } from 'knex';
import { appendAudit, type ChainResult, OPERATOR, verifyChains } from '../../server/audit/index.ts';
import { LINKS_PER_SLICE } from '../../server/audit/verify.ts';
import type { ChainHead } from '../../server/contract/index.ts';
import { rolledBack } from '../support/database.ts';

const COUNTY = '419901';
const OTHER = '419902';

/** Entries in the chain of a county that no other test writes to. */
async function write(db: Knex, count: number, county = COUNTY): Promise<void> {
  for (let i = 1; i <= count; i++)
    await appendAudit(db, OPERATOR, {
      action: 'test.write',
      record_kind: 'test',
      record_id: String(i),
      division_code: county,
      after: { label: `第 ${i} 条\n"引号" \\` },
    });
}

async function verified(db: Knex.Transaction, kept: ChainHead[] = []): Promise<ChainResult[]> {
  const results: ChainResult[] = [];
  for await (const result of verifyChains((work) => work(db), kept, new AbortController().signal))
    results.push(result);
  return results;
}

/** `kind seq` of the fault of a county's chain, or `ok count`. */
async function outcome(db: Knex.Transaction, kept: ChainHead[] = [], county = COUNTY): Promise<string> {
  const chain = (await verified(db, kept)).find(({ county_code }) => county_code === county);
  if (chain === undefined) return 'no chain';
  const { fault, entries } = chain;
  return fault === null
    ? `ok ${entries}`
    : `${fault.kind} ${fault.seq}${fault.column ? ` ${fault.column}` : ''}`;
}

/** The hash as SQL computes it, from the body as it stands: what a forger with the owner's rights would write. */
const rehash = (seq: number) => `update audit_entry e set hash = sha256(
    coalesce((select hash from audit_entry b where b.county_code = e.county_code and b.seq = e.seq - 1),
      sha256(convert_to('cunma audit ' || e.county_code, 'UTF8')))
    || convert_to(e.seq::text || E'\\n' || e.at || E'\\n' || e.body, 'UTF8'))
  where county_code = '${COUNTY}' and seq = ${seq}`;
const changeBody = (seq: number) =>
  `update audit_entry set body = replace(body, '第 ', '弟 ') where county_code = '${COUNTY}' and seq = ${seq}`;
const headToLast = `update audit_head h set (seq, hash) = (select seq, hash from audit_entry e
  where e.county_code = h.county_code order by seq desc limit 1) where county_code = '${COUNTY}'`;
const moved = (from: number, to: number) =>
  `update audit_entry set seq = ${to} where county_code = '${COUNTY}' and seq = ${from}`;
const column = (set: string) => `update audit_entry set ${set} where county_code = '${COUNTY}' and seq = 3`;
const removed = (where: string) => `delete from audit_entry where county_code = '${COUNTY}' and ${where}`;

const FORGERIES: [string, string[], string][] = [
  ['nothing', [], 'ok 6'],
  ['a body changed', [changeBody(3)], 'changed 3'],
  ['a body and its hash changed', [changeBody(3), rehash(3)], 'changed 4'],
  ['the last body changed', [changeBody(6)], 'changed 6'],
  ['the last body and its hash changed', [changeBody(6), rehash(6)], 'head 6'],
  ['a time changed', [column("at = replace(at, '20', '19')")], 'changed 3'],
  ['only who, as it is searched by, changed', [column('account_id = 77')], 'columns 3 account_id'],
  ['only what, as it is searched by, changed', [column("action = 'test.read'")], 'columns 3 action'],
  ['only the record changed', [column("record_id = '9'")], 'columns 3 record_id'],
  ['only the kind of record changed', [column("record_kind = 'x'")], 'columns 3 record_kind'],
  ['only the area changed', [column("division_code = '4199'")], 'columns 3 division_code'],
  ['the first deleted', [removed('seq = 1')], 'missing 1'],
  ['one in the middle deleted', [removed('seq = 3')], 'missing 3'],
  ['the last deleted', [removed('seq = 6')], 'missing 6'],
  [
    'the last deleted and the head set back in number',
    [removed('seq = 6'), `update audit_head set seq = 5 where county_code = '${COUNTY}'`],
    'head 5',
  ],
  ['all deleted', [removed('true')], 'missing 1'],
  [
    'one deleted and the rest closed up',
    [removed('seq = 3'), moved(4, 3), moved(5, 4), moved(6, 5), headToLast],
    'changed 3',
  ],
  ['two swapped', [moved(2, 99), moved(3, 2), moved(99, 3)], 'changed 2'],
  [
    'the head changed',
    [`update audit_head set hash = sha256('x') where county_code = '${COUNTY}'`],
    'head 6',
  ],
  [
    'the head ahead of the entries',
    [`update audit_head set seq = 7 where county_code = '${COUNTY}'`],
    'missing 7',
  ],
  ['the head deleted', [`delete from audit_head where county_code = '${COUNTY}'`], 'head_missing 6'],
  [
    'an entry put after the head',
    [
      `insert into audit_entry select county_code, 7, at, body, hash, account_id, action, record_kind, record_id, division_code from audit_entry where county_code = '${COUNTY}' and seq = 6`,
    ],
    'beyond_head 7',
  ],
];

describe('verifying the audit trail', () => {
  for (const [what, sql, expected] of FORGERIES)
    it(
      `finds ${what}`,
      rolledBack(async (db) => {
        await write(db, 6);
        for (const statement of sql) await db.raw(statement);
        expect(await outcome(db)).to.equal(expected);
      }),
    );

  it(
    'finds a chain written anew from end to end only by a head kept elsewhere, and a chain that is gone',
    rolledBack(async (db) => {
      await write(db, 4);
      await write(db, 2, OTHER);
      const kept = (await verified(db)).map(({ head }) => head!);
      await write(db, 2);
      expect(await outcome(db, kept), 'a chain that has grown').to.equal('ok 6');
      await db.raw(changeBody(2));
      for (let seq = 2; seq <= 6; seq++) await db.raw(rehash(seq));
      await db.raw(headToLast);
      expect(await outcome(db)).to.equal('ok 6');
      expect(await outcome(db, kept)).to.equal('kept_head 4');

      await db.raw(removed('seq > 3'));
      await db.raw(headToLast);
      expect(await outcome(db)).to.equal('ok 3');
      expect(await outcome(db, kept)).to.equal('kept_head 4');

      await db.raw(`delete from audit_entry where county_code = '${OTHER}'`);
      await db.raw(`delete from audit_head where county_code = '${OTHER}'`);
      expect(await outcome(db, [], OTHER)).to.equal('no chain');
      expect(await outcome(db, kept, OTHER)).to.equal('kept_head 1');
    }),
  );

  it(
    'leaves the other chains in order when one is broken, and follows chains longer than a slice',
    rolledBack(async (db) => {
      await write(db, 3, OTHER);
      await db.raw(
        `select append_audit(json_build_object('action', 'test.write', 'record_kind', 'test', 'record_id', n,
           'division_code', '${COUNTY}')::text) from generate_series(1, ${2 * LINKS_PER_SLICE}) n`,
      );
      expect(await outcome(db)).to.equal(`ok ${2 * LINKS_PER_SLICE}`);
      await db.raw(
        `update audit_entry set at = '' where county_code = '${COUNTY}' and seq = ${LINKS_PER_SLICE + 1}`,
      );
      expect(await outcome(db)).to.equal(`changed ${LINKS_PER_SLICE + 1}`);
      expect(await outcome(db, [], OTHER)).to.equal('ok 3');
    }),
  );

  it('knows an entry of a change that was undone from no entry: there is none', async () => {
    await rolledBack(async (db) => {
      await write(db, 2);
      await db
        .transaction(async (inner) => {
          await write(inner, 1);
          throw new Error('undone');
        })
        .catch(() => undefined);
      await write(db, 1);
      expect(await outcome(db)).to.equal('ok 3');
    })();
  });
});
