import type { Knex } from 'knex';
import type { Actor } from '../actor.ts';
import { type Me, RIGHTS } from '../contract/index.ts';
import { areasWith } from '../rights.ts';
import { divisionNames, ownSecrets } from './sign_in_queries.ts';

/** What somebody who is signed in sees of themselves. `db` acts as cunma_sign_in. */
export async function showMe(db: Knex, actor: Actor, csrf_token: string | null): Promise<Me> {
  const secrets = await ownSecrets(db, actor.account_id);
  const codes = [actor.division_code, ...actor.assignments.map(({ division_code }) => division_code)];
  const names = await divisionNames(db, codes);
  const nameOf = (code: string): string => names.get(code) ?? code;
  return {
    account: {
      id: actor.account_id,
      login: actor.login,
      name: actor.name,
      division_code: actor.division_code,
      division_name: nameOf(actor.division_code),
      demonstration: actor.demonstration,
      version: secrets.version,
      has_password: secrets.has_password,
      external: secrets.external,
    },
    assignments: actor.assignments.map((one) => ({ ...one, division_name: nameOf(one.division_code) })),
    rights: RIGHTS.map((right) => ({
      right,
      division_codes: areasWith(right, actor.assignments, actor.token),
    })).filter(({ division_codes }) => division_codes.length > 0),
    csrf_token,
    session: actor.session,
    second_factor: { enabled: secrets.second_factor, recovery_codes_left: secrets.recovery_codes_left },
    password_change_required: actor.password_change_required,
  };
}
