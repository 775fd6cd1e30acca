import type { BatchDetail, ItemList as Items } from '../../../server/contract/index.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { isFiltered, type ListParam, type ListParams, offsetOf } from '../../inspector/item_query.ts';
import type { BatchLayer } from '../../inspector/item_view.ts';
import { Pager } from '../admin/parts/pager.tsx';
import { useInspectorText } from './inspector_text.ts';
import { ItemFilter } from './item_filter.tsx';
import { ItemTable } from './item_table.tsx';
import type { Kept } from './use_kept.ts';

/** The results of a batch: filter, how many fit it, and a page of them. */
export function ItemList(props: {
  batch: BatchDetail;
  zones: readonly BatchLayer[];
  first: string;
  params: ListParams;
  items: Kept<Items>;
  limit: number;
  lit: string | null;
  sought: string | null;
  last: number | null;
  onChange(change: Partial<Record<ListParam, string>>): void;
  onPoint(index: string | null): void;
}) {
  const { t } = useInspectorText();
  const { batch, params, items, limit, onChange } = props;
  const offset = offsetOf(params);
  const rows = items.value?.items ?? [];
  const total = items.value?.total ?? 0;
  const go = (next: number) => {
    onChange({ offset: next === 0 ? '' : String(next) });
    document.getElementById('items-title')?.scrollIntoView();
  };
  return (
    <section aria-labelledby="items-title" className="items">
      <h2 id="items-title">{t('items.title')}</h2>
      <ItemFilter batch={batch} zones={props.zones} first={props.first} params={params} onChange={onChange} />
      <p role="status" data-testid="items-total" data-total={total}>
        {items.value !== null && t(isFiltered(params) ? 'items.found' : 'items.all', { n: total })}
      </p>
      {items.failure !== null && <FailureCard failure={items.failure} onRetry={items.retry} />}
      {items.value === null && items.failure === null && (
        <div className="skeleton" role="status" aria-busy="true" aria-label={t('batch.loading')} />
      )}
      {items.value !== null && rows.length === 0 && (
        <div className="card empty" data-testid="items-empty">
          <p className="empty-title">{t('items.empty')}</p>
          <p className="quiet">{t('items.empty_hint')}</p>
        </div>
      )}
      {rows.length > 0 && (
        <ItemTable
          batch={batch}
          first={props.first}
          rows={rows}
          offset={offset}
          params={params}
          lit={props.lit}
          sought={props.sought}
          last={props.last}
          onPoint={props.onPoint}
        />
      )}
      <Pager offset={offset} limit={limit} matched={total} onGo={go} />
    </section>
  );
}
