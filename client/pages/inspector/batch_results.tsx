import { useEffect, useMemo, useState } from 'react';
import type { BatchDetail, BatchItemDetail } from '../../../server/contract/index.ts';
import { listItems } from '../../api/batches.ts';
import { Tabs } from '../../components/tabs.tsx';
import { villagesShown } from '../../inspector/around.ts';
import { itemQuery, type ListParam, type ListParams, offsetOf } from '../../inspector/item_query.ts';
import { PROTECTED } from '../../inspector/item_view.ts';
import { BatchMapPane } from './batch_map_pane.tsx';
import { useInspectorText } from './inspector_text.ts';
import { ItemList } from './item_list.tsx';
import { ItemPage } from './item_page.tsx';
import { useDesk } from './use_desk.ts';
import { useKept } from './use_kept.ts';
import { useLands } from './use_lands.ts';

const LIMIT = 50;

/** The list of results, or one of them, beside the map; on a phone each in a tab of its own. */
export function BatchResults(props: {
  batch: BatchDetail;
  /** the record that is open; null: the list */
  index: number | null;
  last: number | null;
  round: number;
  list: [ListParams, (change: Partial<Record<ListParam, string>>) => void];
}) {
  const { t, language } = useInspectorText();
  const { batch, index, round } = props;
  const [params, change] = props.list;
  const desk = useDesk();
  const [tab, setTab] = useState<'text' | 'map'>('text');
  // what the mouse or the focus is on: in the list, on the map
  const [row, setRow] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [tapped, setTapped] = useState<string | null>(null);
  const [opened, setOpened] = useState<BatchItemDetail | null>(null);
  // a row that is gone tells no end of being pointed at
  useEffect(() => {
    if (index !== null) setRow(null);
  }, [index]);
  const zones = useMemo(() => batch.layers.filter(({ kind }) => kind !== 'land_use'), [batch]);
  const first =
    [params.layer, PROTECTED].find((key) => zones.some(({ layer }) => layer === key)) ??
    zones[0]?.layer ??
    PROTECTED;
  const query = itemQuery(params, first, { limit: LIMIT, offset: offsetOf(params) });
  const items = useKept(`items ${batch.id} ${JSON.stringify(query)} ${language} ${round}`, (signal) =>
    listItems(batch.id, query, signal),
  );
  const open = index !== null && opened?.index === index ? opened : null;
  const land = useLands(villagesShown(open?.village?.code ?? null, items.value?.items ?? []), language);
  const sought = over ?? tapped;
  const lit = row ?? (index === null ? sought : (over ?? String(index)));

  const text =
    index === null ? (
      <ItemList
        batch={batch}
        zones={zones}
        first={first}
        params={params}
        items={items}
        limit={LIMIT}
        lit={lit}
        sought={sought}
        last={props.last}
        onChange={change}
        onPoint={setRow}
      />
    ) : (
      <ItemPage
        key={index}
        batch={batch}
        index={index}
        first={first}
        params={params}
        round={round}
        onOpened={setOpened}
      />
    );
  const map = (
    <BatchMapPane
      batch={batch}
      first={first}
      firstTitle={zones.find(({ layer }) => layer === first)?.title ?? ''}
      round={round}
      land={land}
      open={open}
      lit={lit}
      tapped={tapped}
      params={params}
      onTap={setTapped}
      onHover={setOver}
    />
  );
  if (desk)
    return (
      <div className="batch-split">
        <div className="batch-text">{text}</div>
        {map}
      </div>
    );
  return (
    <div className="batch-tabs">
      <Tabs<'text' | 'map'>
        label={t('results.views')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { key: 'text', title: t(index === null ? 'results.list' : 'results.one'), content: text },
          // a map in a hidden tab has no size to draw itself in
          { key: 'map', title: t('results.map'), content: tab === 'map' && map },
        ]}
      />
    </div>
  );
}
