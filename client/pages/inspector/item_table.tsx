import { useEffect, useRef } from 'react';
import type { BatchDetail, BatchItem } from '../../../server/contract/index.ts';
import type { ListParams } from '../../inspector/item_query.ts';
import { useInspectorText } from './inspector_text.ts';
import { ItemRow } from './item_row.tsx';

/**
 * A page of results: a table on a desk, cards on a phone. The roles are written out because browsers forget them where
 * a row is laid out as a card.
 */
export function ItemTable(props: {
  batch: BatchDetail;
  first: string;
  rows: readonly BatchItem[];
  offset: number;
  params: ListParams;
  lit: string | null;
  /** what was pointed at on the map: it is brought into view here */
  sought: string | null;
  /** the record that was open before: the eye comes back to it */
  last: number | null;
  onPoint(index: string | null): void;
}) {
  const { t } = useInspectorText();
  const { batch, first, rows, offset, params, lit, sought, last, onPoint } = props;
  const table = useRef<HTMLTableElement>(null);
  const back = useRef(last);
  useEffect(() => {
    if (back.current === null) return;
    const link = table.current?.querySelector<HTMLElement>(`[data-index="${back.current}"] a`);
    back.current = null;
    link?.focus({ preventScroll: true });
    link?.closest('tr')?.scrollIntoView({ block: 'center' });
  }, []);
  useEffect(() => {
    if (sought !== null)
      table.current?.querySelector(`[data-index="${sought}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [sought]);
  const title = batch.layers.find(({ layer }) => layer === first)?.title ?? '';
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table className="item-table" role="table" ref={table} data-testid="items">
      <caption className="visually-hidden">
        {t('items.caption', { title: batch.title, layer: title })}
      </caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tr role="row">
          {[t('items.shape'), t('items.area'), title, t('items.outcome')].map((name) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tbody role="rowgroup">
        {rows.map((item, i) => (
          <ItemRow
            key={item.index}
            batch={batch}
            item={item}
            first={first}
            at={offset + i}
            params={params}
            lit={lit === String(item.index)}
            onPoint={onPoint}
          />
        ))}
      </tbody>
    </table>
  );
}
