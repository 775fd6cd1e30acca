import {
  createByOperator,
  editByOperator,
  firstAdministratorLink,
  linkByOperator,
  listByOperator,
} from '../accounts/index.ts';
import { type Account, type Assignment, type PasswordLink, ROLES } from '../contract/index.ts';
import type { Database } from '../db/index.ts';
import { LANGUAGES, type Language, message } from '../messages/index.ts';
import { readUserArguments, type UserCommand } from './user_arguments.ts';

export interface UserTools {
  /** opens the database, acts as its owner, closes it */
  withDatabase(use: (database: Database) => Promise<number>): Promise<number>;
  publicUrl: string;
  write(text: string): void;
}

type Params = Record<string, string>;

/** `cunma user …`. Answers the exit code: 0 done, 1 not possible now, 2 not understood. */
export async function userCommand(words: readonly string[], tools: UserTools): Promise<number> {
  const command = readUserArguments(words);
  if (command.action === 'usage') {
    if (command.fault !== null) tell(tools, 'not_understood', { what: command.fault });
    tell(tools, 'usage', { roles: ROLES.join(', ') });
    return command.fault === null ? 0 : 2;
  }
  try {
    return await tools.withDatabase((database) => run(command, database, tools));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FolderInUse') throw error;
    tell(tools, 'in_use');
    return 1;
  }
}

async function run(
  command: Exclude<UserCommand, { action: 'usage' }>,
  database: Database,
  tools: UserTools,
): Promise<number> {
  switch (command.action) {
    case 'create': {
      const { account, password_link } = await createByOperator(database, command.account, tools.publicUrl);
      const { login, name, division_name: area } = account;
      tell(tools, 'created', { login, name, area });
      tellLink(tools, password_link);
      return 0;
    }
    case 'list': {
      const accounts = await listByOperator(database, command.area);
      if (accounts.length === 0) tell(tools, 'none');
      for (const account of accounts) tell(tools, 'account', (language) => described(account, language));
      return 0;
    }
    case 'password-link':
      tellLink(tools, await linkByOperator(database, command.login, tools.publicUrl));
      return 0;
    case 'assign': {
      const account = await editByOperator(database, command.login, (one) => withRole(one, command));
      tell(tools, 'edited', (language) => described(account, language));
      return 0;
    }
    case 'deactivate':
    case 'activate': {
      const active = command.action === 'activate';
      const { login } = await editByOperator(database, command.login, () => ({ active }));
      tell(tools, `${command.action}d`, { login });
      return 0;
    }
    case 'first-link': {
      const link = await firstAdministratorLink(database.knex, tools.publicUrl, new Date());
      tools.write(`${firstLinkLines(link).join('\n')}\n`);
      return link === null ? 1 : 0;
    }
  }
}

/** The link to the first administrator in both languages, or why there is none. */
export function firstLinkLines(link: PasswordLink | null): string[] {
  if (link === null) return LANGUAGES.map((language) => message(language, 'accounts.cli.no_first_link'));
  return [...LANGUAGES.map((language) => message(language, 'accounts.first.heading')), link.url];
}

function withRole(
  account: Account,
  { role, area, remove }: Extract<UserCommand, { action: 'assign' }>,
): { assignments: Assignment[] } {
  const division_code = area ?? account.division_code;
  const rest: Assignment[] = account.assignments.filter(
    (one) => one.role !== role || one.division_code !== division_code,
  );
  return { assignments: remove ? rest : [...rest, { role, division_code }] };
}

function described(account: Account, language: Language): Params {
  const word = (key: string): string => message(language, `accounts.${key}`);
  const state = word(account.active ? 'cli.active' : 'cli.inactive');
  const roles = account.assignments.map((one) => `${word(`role.${one.role}`)}:${one.division_code}`);
  return {
    login: account.login,
    name: account.name,
    area: `${account.division_code} ${account.division_name}`,
    state: account.demonstration ? `${state} · ${word('cli.demonstration')}` : state,
    roles: roles.join(', ') || '-',
  };
}

function tellLink(tools: UserTools, { url, expires_at }: PasswordLink): void {
  tell(tools, 'link', { url, until: expires_at.slice(0, 16).replace('T', ' ').concat(' UTC') });
}

function tell(tools: UserTools, key: string, params: Params | ((language: Language) => Params) = {}): void {
  for (const language of LANGUAGES) {
    const filled = typeof params === 'function' ? params(language) : params;
    tools.write(`${message(language, `accounts.cli.${key}`, filled)}\n`);
  }
}
