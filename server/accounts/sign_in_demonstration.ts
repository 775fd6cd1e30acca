import type { Knex } from 'knex';
import type { DemonstrationRole } from '../contract/index.ts';
import { type Language, message } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { type AccountsContext, asSignIn, type Caller } from './context.ts';
import { DEMONSTRATION_AREA, DEMONSTRATION_PEOPLE } from './demonstration_people.ts';
import { ensureArea, ensurePerson } from './demonstration_queries.ts';
import { divisionNames, isDemonstrationLand } from './sign_in_queries.ts';
import { type Started, startSession } from './start_session.ts';

const nameOf = (language: Language, login: string): string =>
  message(language, `accounts.demonstration.${login.slice(login.indexOf('.') + 1).replace('.', '_')}`);

/** The made-up people to sign in as; none where the land is not made up. */
export async function demonstrationRoles(db: Knex, language: Language): Promise<DemonstrationRole[]> {
  if (!(await isDemonstrationLand(db))) return [];
  const names = await divisionNames(
    db,
    DEMONSTRATION_PEOPLE.map(({ division_code }) => division_code),
  );
  return DEMONSTRATION_PEOPLE.map(({ login, role, division_code }) => ({
    role,
    division_code,
    division_name: names.get(division_code) ?? division_code,
    login,
    name: nameOf(language, login),
  }));
}

/**
 * Lets somebody at this machine in as a made-up person, whose account is made at the first time. The caller has checked
 * that it is this machine. Throws `sign_in_failed` where the land is not a demonstration or there is no such person.
 */
export function signInDemonstration(
  context: AccountsContext,
  login: string,
  caller: Caller,
): Promise<Started> {
  return asSignIn(context, async (db) => {
    const person = DEMONSTRATION_PEOPLE.find((one) => one.login === login);
    if (person === undefined || !(await isDemonstrationLand(db))) throw new Problem('sign_in_failed');
    const id = await ensurePerson(db, person, nameOf('zh', login));
    await ensureArea(db, DEMONSTRATION_AREA);
    return startSession(db, id, { means: 'demonstration', second_factor: false }, caller, context.now());
  });
}
