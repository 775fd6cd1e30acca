import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { Problem } from '../problems.ts';
import { removeCheck } from './queries.ts';

/**
 * Deletes a check for whoever holds its secret id. The trail keeps that there was one, and only the hash of its id: of
 * the place it keeps the village. Throws `check_unknown`.
 */
export async function deleteCheck(db: Knex.Transaction, who: Who, id: string): Promise<void> {
  const removed = await removeCheck(db, id);
  if (removed === null) throw new Problem('check_unknown', { params: { id } });
  const { division_code, ...before } = removed;
  await appendAudit(db, who, {
    action: 'check.delete',
    record_kind: 'check',
    record_id: createHash('sha256').update(id).digest('hex'),
    division_code,
    before,
  });
}
