import { parseArgs } from 'node:util';
import {
  type Assignment,
  DivisionCode,
  Login,
  type NewAccount,
  PersonName,
  Role,
} from '../contract/index.ts';

export type UserCommand =
  | { action: 'create'; account: NewAccount }
  | { action: 'list'; area: string | null }
  | { action: 'password-link' | 'deactivate' | 'activate'; login: string }
  | { action: 'assign'; login: string; role: Role; area: string | null; remove: boolean }
  | { action: 'first-link' }
  /** `fault`: what was not understood; null: help was asked for */
  | { action: 'usage'; fault: string | null };

const OPTIONS = {
  name: { type: 'string' },
  area: { type: 'string' },
  role: { type: 'string', multiple: true },
  remove: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Which options each action takes; `login`: it names an account. */
const TAKES: Readonly<Record<string, { login: boolean; options: readonly string[] }>> = {
  create: { login: true, options: ['name', 'area', 'role'] },
  list: { login: false, options: ['area'] },
  'password-link': { login: true, options: [] },
  deactivate: { login: true, options: [] },
  activate: { login: true, options: [] },
  assign: { login: true, options: ['role', 'remove'] },
  'first-link': { login: false, options: [] },
};

const faulty = (what: string): UserCommand => ({ action: 'usage', fault: what });

/** What `cunma user …` is asked to do; whatever is not understood becomes `usage`, never a guess. */
export function readUserArguments(words: readonly string[]): UserCommand {
  const parsed = parsedOf(words);
  if (parsed === null) return faulty(words.join(' '));
  const { values, positionals } = parsed;
  const [action = '', ...names] = positionals;
  if (values.help || action === '') return { action: 'usage', fault: null };
  const takes = Object.hasOwn(TAKES, action) ? TAKES[action]! : null;
  if (takes === null) return faulty(action);
  const odd = Object.keys(values).find((name) => !takes.options.includes(name));
  if (odd !== undefined) return faulty(`--${odd}`);
  if (names.length !== (takes.login ? 1 : 0)) return faulty(positionals.join(' '));
  const area = values.area ?? null;
  if (area !== null && !DivisionCode.safeParse(area).success) return faulty(`--area ${area}`);
  const login = names[0] ?? '';
  switch (action) {
    case 'create':
      return readCreate(login, values.name ?? '', area ?? '', values.role ?? []);
    case 'assign':
      return readAssign(login, values.role ?? [], values.remove ?? false);
    case 'list':
      return { action, area };
    case 'first-link':
      return { action };
    default:
      return { action: action as 'activate', login };
  }
}

function parsedOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
  } catch {
    return null;
  }
}

/** `planner` or `planner:410821`; null: no such role, or no division code. */
function readRole(text: string): { role: Role; area: string | null } | null {
  const [name = '', area = null, ...more] = text.split(':');
  const role = Role.safeParse(name);
  if (!role.success || more.length > 0) return null;
  if (area !== null && !DivisionCode.safeParse(area).success) return null;
  return { role: role.data, area };
}

function readCreate(login: string, name: string, area: string, roles: readonly string[]): UserCommand {
  const given = Login.safeParse(login);
  if (!given.success) return faulty(login);
  if (!PersonName.safeParse(name).success) return faulty(`--name ${name}`);
  if (area === '') return faulty('--area');
  const assignments: Assignment[] = [];
  for (const text of roles) {
    const read = readRole(text);
    if (read === null) return faulty(`--role ${text}`);
    assignments.push({ role: read.role, division_code: read.area ?? area });
  }
  return {
    action: 'create',
    account: { login: given.data, name: name.trim(), division_code: area, assignments },
  };
}

function readAssign(login: string, roles: readonly string[], remove: boolean): UserCommand {
  const read = roles.length === 1 ? readRole(roles[0]!) : null;
  if (read === null) return faulty(`--role ${roles.join(' ')}`);
  return { action: 'assign', login, ...read, remove };
}
