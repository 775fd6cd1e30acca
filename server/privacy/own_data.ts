import type { Actor } from '../actor.ts';
import { readOwnTrail, type Slices } from '../audit/index.ts';
import { readOwn, readOwnAttempts } from './own_data_queries.ts';

const ENTRIES_PER_SLICE = 200;

/**
 * The JSON text of all that is kept of a person under their account, the trail last and slice by slice. `app` and
 * `signIn` run transactions under the person's scope as `cunma_app` and `cunma_sign_in`.
 */
export async function* ownDataText(
  { account_id, login }: Actor,
  { app, signIn }: { app: Slices; signIn: Slices },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { account, ...sections } = await app((db) => readOwn(db, account_id));
  const sign_in_attempts = await signIn((db) => readOwnAttempts(db, login));
  const head = { exported_at: new Date().toISOString(), account: account[0], ...sections, sign_in_attempts };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "trail": [`;
  let before: string | undefined;
  let separator = '\n';
  do {
    const from = before;
    const page = await app((db) => readOwnTrail(db, account_id, { before: from, limit: ENTRIES_PER_SLICE }));
    for (const entry of page.entries) {
      yield `${separator}  ${JSON.stringify(entry)}`;
      separator = ',\n';
    }
    before = page.next ?? undefined;
  } while (before !== undefined && !signal.aborted);
  yield '\n ]\n}\n';
}
