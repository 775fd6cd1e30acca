import { useEffect, useRef } from 'react';
import type { BatchDetail, BatchItemDetail } from '../../../server/contract/index.ts';
import { getItem } from '../../api/batches.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import type { ListParams } from '../../inspector/item_query.ts';
import { useInspectorText } from './inspector_text.ts';
import { ItemAnswer } from './item_answer.tsx';
import { ItemHead } from './item_head.tsx';
import { ItemSteps } from './item_steps.tsx';
import { useKept } from './use_kept.ts';

/** One record of a batch with everything that is known of it, and the way to the ones before and after. */
export function ItemPage(props: {
  batch: BatchDetail;
  index: number;
  first: string;
  params: ListParams;
  round: number;
  onOpened(item: BatchItemDetail): void;
}) {
  const { t, language } = useInspectorText();
  const { batch, index, first, onOpened } = props;
  const kept = useKept(`item ${batch.id} ${index} ${language} ${props.round}`, (signal) =>
    getItem(batch.id, String(index), signal),
  );
  const item = kept.value;
  const told = useRef(onOpened);
  told.current = onOpened;
  useEffect(() => {
    if (item !== null) told.current(item);
  }, [item]);
  return (
    <article className="item-page" data-testid="item-page">
      <ItemSteps batch={batch} index={index} first={first} params={props.params} />
      {kept.failure !== null && <FailureCard failure={kept.failure} onRetry={kept.retry} />}
      {item === null && kept.failure === null && (
        <div className="skeleton" role="status" aria-busy="true" aria-label={t('batch.loading')} />
      )}
      {item !== null && (
        <>
          <ItemHead batch={batch} item={item} first={first} />
          <ItemAnswer batch={batch} item={item} first={first} />
        </>
      )}
    </article>
  );
}
