import type { Batch } from '../../../server/contract/index.ts';
import { Link } from '../../components/link.tsx';
import { isActive, statusShown } from '../../inspector/progress.ts';
import { day, moment } from '../../text/format.ts';
import { batchTag, countWords } from './batch_words.ts';
import { useInspectorText } from './inspector_text.ts';

/** One batch of the list: what it is called, when and whose, and what came of it. */
export function BatchRow({ batch }: { batch: Batch }) {
  const { t, language } = useInspectorText();
  const { counts } = batch;
  const status = statusShown(batch.status, counts.done);
  return (
    <li className="batch-row" data-testid="batch" data-batch={batch.id}>
      <div>
        <Link href={`/inspector/${batch.id}`}>{batch.title}</Link>
        <small>
          {[
            moment(batch.created_at, language),
            t(batch.mine ? 'batch.mine' : 'batch.of_colleague'),
            t('batch.as_of', { day: day(batch.as_of) }),
          ].join(' · ')}
        </small>
        <small>{countWords(batch, t)}</small>
      </div>
      <div className="batch-state">
        <span className={batchTag[status]} data-status={status}>
          {t(`batch.status.${status}`)}
        </span>
        {isActive(batch.status) && (
          <progress aria-label={batch.title} value={counts.done} max={Math.max(counts.shapes, 1)} />
        )}
      </div>
    </li>
  );
}
