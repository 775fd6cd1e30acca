import { expect } from 'chai';
import fc from 'fast-check';
import { differences, merge, type Side } from '../../../client/pages/admin/people/conflict.ts';
import { type Draft, editOf, isChanged } from '../../../client/pages/admin/people/draft.ts';

const AREAS = { '4108': '焦作市', '410821': '修武县', '411221': '渑池县' };
const office = fc
  .constantFrom(...(Object.keys(AREAS) as (keyof typeof AREAS)[]))
  .map((code) => ({ code, name: AREAS[code] }));
const assignment = fc
  .tuple(fc.constantFrom('planner', 'inspector', 'leader'), office)
  .map(([role, { code, name }]) => ({
    role: role as 'planner' | 'inspector' | 'leader',
    division_code: code,
    division_name: name,
  }));
const draft: fc.Arbitrary<Draft> = fc.record({
  name: fc.constantFrom('张三', '李四', '王五'),
  office,
  active: fc.boolean(),
  assignments: fc.uniqueArray(assignment, { selector: (each) => `${each.role} ${each.division_code}` }),
});
const all = (side: Side, of: readonly { key: string }[]) => new Map(of.map(({ key }) => [key, side]));
const roles = ({ assignments }: Draft) =>
  assignments.map(({ role, division_code }) => `${role} ${division_code}`).sort();
const plain = (of: Draft) => ({
  name: of.name,
  office: of.office?.code,
  active: of.active,
  roles: roles(of),
});

describe('two administrators at one person', () => {
  it('all of mine is mine, all of theirs is theirs', () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, mine, theirs) => {
        const found = differences(base, mine, theirs);
        expect(plain(merge(mine, theirs, found, all('mine', found)))).to.deep.equal(plain(mine));
        expect(plain(merge(mine, theirs, found, all('theirs', found)))).to.deep.equal(plain(theirs));
      }),
    );
  });

  it('names nothing where both left the same', () => {
    fc.assert(
      fc.property(draft, draft, (base, same) => {
        expect(differences(base, same, same)).to.deep.equal([]);
      }),
    );
  });

  it('proposes what only one has changed, and never decides what both did', () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, mine, theirs) => {
        const found = differences(base, mine, theirs);
        const proposed = new Map(
          found.flatMap(({ key, changed_by }) => (changed_by === null ? [] : [[key, changed_by] as const])),
        );
        const merged = merge(mine, theirs, found, proposed);
        if (theirs.name === base.name) expect(merged.name).to.equal(mine.name);
        if (mine.name === base.name) expect(merged.name).to.equal(theirs.name);
        const bothChanged = mine.name !== base.name && theirs.name !== base.name && mine.name !== theirs.name;
        expect(found.some(({ key, changed_by }) => key === 'name' && changed_by === null)).to.equal(
          bothChanged,
        );
        for (const role of new Set([...roles(base), ...roles(mine), ...roles(theirs)])) {
          const [was, inMine, inTheirs] = [base, mine, theirs].map((each) => roles(each).includes(role));
          const expected = inMine === was ? inTheirs : inMine;
          expect(roles(merged).includes(role), role).to.equal(expected);
        }
      }),
    );
  });

  it('an edit says only what differs', () => {
    fc.assert(
      fc.property(draft, draft, (before, after) => {
        const { version, ...edit } = editOf(before, after, 7);
        expect(version).to.equal(7);
        expect(Object.keys(edit).length > 0).to.equal(isChanged(before, after));
        expect('name' in edit).to.equal(before.name !== after.name);
        expect('division_code' in edit).to.equal(before.office?.code !== after.office?.code);
        expect('active' in edit).to.equal(before.active !== after.active);
        expect('assignments' in edit).to.equal(String(roles(before)) !== String(roles(after)));
      }),
    );
  });
});
