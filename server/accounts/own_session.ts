import type { Actor, Who } from '../actor.ts';
import { Problem } from '../problems.ts';

/** One's ways in are changed by somebody who has signed in, not by a program with a token. Throws `session_required`. */
export function ownSession({ actor }: Who): {
  actor: Actor;
  session: { id: string; second_factor: boolean };
} {
  if (actor === null) throw new Problem('sign_in_required');
  if (actor.session === null) throw new Problem('session_required');
  return { actor, session: actor.session };
}
