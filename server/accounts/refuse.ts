import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { RESERVED_PREFIXES } from './demonstration_people.ts';
import { LEAST_PASSWORD_LENGTH, passwordFault } from './password_rules.ts';
import { divisionNames } from './sign_in_queries.ts';

/** Throws `password_refused` with what is wrong. */
export function refusePassword(password: string, login: string): void {
  const fault = passwordFault(password, login);
  if (fault === null) return;
  const reason = messageText(`accounts.password.${fault}`, { least: LEAST_PASSWORD_LENGTH });
  throw new Problem('password_refused', { params: { reason }, where: { path: 'password' } });
}

/** Throws `division_unknown` where the catalogue has no such division. */
export async function refuseDivision(db: Knex, ...codes: readonly string[]): Promise<void> {
  const names = await divisionNames(db, codes);
  const unknown = codes.find((code) => !names.has(code));
  if (unknown !== undefined) throw new Problem('division_unknown', { params: { code: unknown } });
}

/** Throws `login_taken` where it is reserved. */
export function refuseLogin(login: string): void {
  if (RESERVED_PREFIXES.some((prefix) => login.startsWith(prefix)))
    throw new Problem('login_taken', { params: { login }, where: { path: 'login' } });
}

/** A token has a part of its person's rights, so it may open no way in to all of them. Throws `session_required`. */
export function refuseToken({ actor }: Who): void {
  if (actor !== null && actor.token !== null) throw new Problem('session_required');
}

/** Made-up people change only made-up people: what they do must end with the demonstration. Throws `forbidden`. */
export function refuseMadeUp({ actor }: Who, account: { demonstration: boolean }): void {
  if (actor?.demonstration === true && !account.demonstration) throw new Problem('forbidden');
}

/** Throws `beyond_area` for the first division that lies outside the areas. */
export function refuseBeyond(areas: readonly string[], ...codes: readonly string[]): void {
  const code = codes.find((one) => !isWithin(one, areas));
  if (code !== undefined) throw new Problem('beyond_area', { params: { code } });
}
