import type { Actor } from '../actor.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';

/**
 * The area that a file belongs to: the one that was asked for, else the person's office where the right holds there,
 * else the first area of theirs. Throws `forbidden` where it lies outside.
 */
export function areaFor(actor: Actor, areas: readonly string[], asked?: string): string {
  if (asked === undefined) return isWithin(actor.division_code, areas) ? actor.division_code : areas[0]!;
  if (!isWithin(asked, areas)) throw new Problem('forbidden');
  return asked;
}
