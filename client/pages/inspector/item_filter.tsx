import { useEffect, useId, useState } from 'react';
import type { BatchDetail } from '../../../server/contract/index.ts';
import { isFiltered, type ListParam, type ListParams, ORDERS, orderOf } from '../../inspector/item_query.ts';
import type { BatchLayer } from '../../inspector/item_view.ts';
import { ChoiceField, TextField } from '../admin/parts/fields.tsx';
import { Filter } from '../admin/parts/filter.tsx';
import { useLate } from '../admin/parts/use_late.ts';
import { useInspectorText } from './inspector_text.ts';

const OF_LAYER = ['affected', 'not_affected', 'no_data', 'failed'] as const;
const OVER_ALL = ['affected', 'failed', 'no_data', 'not_affected', 'waiting', 'remark'] as const;

/** What to show of a batch and in which order; every change begins at the first page. */
export function ItemFilter(props: {
  batch: BatchDetail;
  zones: readonly BatchLayer[];
  first: string;
  params: ListParams;
  onChange(change: Partial<Record<ListParam, string>>): void;
}) {
  const { t } = useInspectorText();
  const id = useId();
  const { batch, zones, first, params } = props;
  const [typed, setTyped] = useState(params.q);
  const late = useLate(typed);
  const change = (part: Partial<Record<ListParam, string>>) => props.onChange({ ...part, offset: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is taken over
  useEffect(() => {
    if (late !== params.q) change({ q: late });
  }, [late]);
  const title = zones.find(({ layer }) => layer === first)?.title ?? '';
  return (
    <Filter active={isFiltered(params)}>
      <ChoiceField
        label={t('filter.layer')}
        value={first}
        options={zones.map(({ layer, title: name }) => ({ value: layer, title: name }))}
        onChange={(layer) => change({ layer })}
        testId="items-layer"
      />
      <ChoiceField
        label={t('filter.order')}
        value={orderOf(params.sort)}
        options={ORDERS.map((value) => ({ value, title: t(`order.${value}`) }))}
        onChange={(sort) => change({ sort })}
        testId="items-order"
      />
      <div className="field">
        <label htmlFor={id}>{t('filter.status')}</label>
        <select
          id={id}
          value={params.status}
          onChange={(event) => change({ status: event.target.value })}
          data-testid="items-status"
        >
          <option value="">{t('filter.every')}</option>
          <optgroup label={title}>
            {OF_LAYER.map((status) => (
              <option key={status} value={`layer:${status}`}>
                {t(`status.${status}`)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('filter.over_all')}>
            {OVER_ALL.map((status) => (
              <option key={status} value={status}>
                {t(`over_all.${status}`)}
              </option>
            ))}
          </optgroup>
        </select>
      </div>
      <ChoiceField
        label={t('filter.township')}
        value={params.township}
        any={t('filter.every')}
        options={batch.townships.map(({ code, name, shapes }) => ({
          value: code,
          title: t('filter.township_of', { name, n: shapes }),
        }))}
        onChange={(township) => change({ township })}
        testId="items-township"
      />
      <TextField
        label={t('filter.search')}
        type="search"
        value={typed}
        onChange={setTyped}
        maxLength={100}
        plain
        testId="items-search"
      />
    </Filter>
  );
}
