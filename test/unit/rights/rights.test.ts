import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Assignment, RIGHTS, ROLES } from '../../../server/contract/index.ts';
import { areasWith, isWithin, RIGHTS_OF } from '../../../server/rights.ts';
import { documentedRights } from '../../support/roles_document.ts';

const Area = fc
  .tuple(fc.constantFrom(2, 4, 6, 9, 12), fc.constantFrom('410821100201', '410822101203', '411221100201'))
  .map(([digits, code]) => code.slice(0, digits));
const Roles = fc.array(fc.record({ role: fc.constantFrom(...ROLES), division_code: Area }), { maxLength: 5 });
const VILLAGES = ['410821100201', '410821100202', '410822101203', '411221100201', '420100000000'];

/** Straight from the words of docs/roles.md: some role that has the right, in an area that the village lies in. */
function may(right: string, assignments: readonly Assignment[], village: string): boolean {
  const documented = documentedRights();
  return assignments.some(
    ({ role, division_code }) =>
      documented.get(role)!.includes(right) && village.slice(0, division_code.length) === division_code,
  );
}

describe('rights', () => {
  it('are those of docs/roles.md, role by role', () => {
    const documented = documentedRights();
    expect([...documented.keys()]).to.deep.equal([...ROLES]);
    for (const role of ROLES) expect(documented.get(role), role).to.have.members([...RIGHTS_OF[role]]);
  });

  it('each mean something that the document says, and somebody has each', () => {
    const text = readFileSync('docs/roles.md', 'utf8');
    for (const right of RIGHTS) {
      expect(text.split(`| \`${right}\` |`).length, right).to.equal(3);
      expect(
        ROLES.some((role) => RIGHTS_OF[role].includes(right)),
        right,
      ).to.equal(true);
    }
  });

  it('the auditor has every right to read and none to change', () => {
    const reads = RIGHTS.filter((right) => right.endsWith('.read'));
    expect(RIGHTS_OF.auditor).to.have.members(reads);
  });

  it('hold in the areas of the roles that have them and nowhere else', () => {
    fc.assert(
      fc.property(Roles, fc.constantFrom(...RIGHTS), (assignments, right) => {
        const areas = areasWith(right, assignments);
        for (const village of VILLAGES)
          expect(isWithin(village, areas)).to.equal(may(right, assignments, village));
        for (const [i, area] of areas.entries())
          expect(areas.some((other, j) => i !== j && area.startsWith(other))).to.equal(false);
      }),
      { numRuns: 500 },
    );
  });

  it('of a token are those that both it and its person have', () => {
    fc.assert(
      fc.property(
        Roles,
        fc.constantFrom(...RIGHTS),
        Area,
        fc.subarray([...RIGHTS]),
        (assignments, right, division_code, rights) => {
          const areas = areasWith(right, assignments, { rights, division_code });
          for (const village of VILLAGES)
            expect(isWithin(village, areas)).to.equal(
              rights.includes(right) && village.startsWith(division_code) && may(right, assignments, village),
            );
        },
      ),
      { numRuns: 500 },
    );
  });
});
