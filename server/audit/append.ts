import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { masked, maskLogin } from './mask.ts';
import { appendBody } from './queries.ts';

/** A change, as it is told to the trail, which masks the personal data in it: `mask.ts`. */
export interface AuditEntry {
  /** what was done, `record_kind.verb`: `account.create`, `session.start` … */
  action: string;
  record_kind: string;
  record_id: string;
  /** the area that the record belongs to: it decides the chain, and who may read the entry */
  division_code: string;
  /** the right that was used; null: what is one's own, or the operator's command */
  right?: string | null;
  before?: unknown;
  after?: unknown;
}

/** Whoever acts without a request: a command of the operator's, a schedule. */
export const OPERATOR: Who = { actor: null, address: 'local', request_id: '' };

/**
 * Appends to the trail in the change's own transaction; answers the entry's number in its chain. Entries of one county
 * are written one after the other: append last, and where one transaction writes to several counties, in their order.
 */
export async function appendAudit(db: Knex, who: Who, entry: AuditEntry): Promise<string> {
  const { actor } = who;
  const body = {
    account_id: actor?.account_id ?? null,
    login: actor === null ? null : maskLogin(actor.login),
    roles: actor?.assignments ?? [],
    via: actor === null ? 'none' : actor.token === null ? 'session' : `token:${actor.token.id}`,
    address: who.address,
    request_id: who.request_id,
    right: entry.right ?? null,
    action: entry.action,
    record_kind: entry.record_kind,
    record_id: entry.record_id,
    division_code: entry.division_code,
    before: masked(entry.before),
    after: masked(entry.after),
  };
  return appendBody(db, JSON.stringify(body));
}
