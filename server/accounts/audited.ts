import type { Assignment } from '../contract/index.ts';

interface State {
  name: string;
  division_code: string;
  active: boolean;
  external_subject: string | null;
  assignments: readonly Assignment[];
}

/** What the trail keeps of an account; the trail masks the names itself. */
export function auditedAccount(account: State & { login: string }): Record<string, unknown> {
  const { login, name, division_code, active, external_subject, assignments } = account;
  return {
    login,
    name,
    division_code,
    active,
    external: external_subject !== null,
    assignments: assignments.map(({ role, division_code: area }) => `${role}:${area}`).sort(),
  };
}
