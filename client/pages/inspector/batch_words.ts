import type { Batch } from '../../../server/contract/index.ts';
import type { InspectorT } from './inspector_text.ts';

/** The tag of a batch's state: what is wrong stands out, not by colour alone. */
export const batchTag: Readonly<Record<Batch['status'], string>> = {
  queued: 'tag',
  running: 'tag tag-warning',
  succeeded: 'tag tag-land',
  failed: 'tag tag-failed',
  cancelled: 'tag tag-warning',
};

/** What came of a batch so far, in one line; what failed and what has no result is never left out. */
export function countWords({ counts }: Pick<Batch, 'counts'>, t: InspectorT): string {
  const words = [t('count.done', { done: counts.done, shapes: counts.shapes })];
  if (counts.affected > 0) words.push(t('count.affected', { n: counts.affected }));
  if (counts.failed > 0) words.push(t('count.failed', { n: counts.failed }));
  if (counts.remarks > 0) words.push(t('count.remarks', { n: counts.remarks }));
  return words.join(' · ');
}
