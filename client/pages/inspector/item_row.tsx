import type { BatchDetail, BatchItem } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import type { ListParams } from '../../inspector/item_query.ts';
import { itemTone, viewItem } from '../../inspector/item_view.ts';
import { mu, squareMetres, toMu } from '../../text/format.ts';
import { useInspectorText } from './inspector_text.ts';
import { itemAddress } from './item_address.ts';
import { ItemOutcome } from './item_outcome.tsx';
import { shortName, toneIcon } from './item_words.ts';

function Area(props: { area_m2: number | null }) {
  const { t } = useInspectorText();
  if (props.area_m2 === null) return <span className="quiet">–</span>;
  return (
    <>
      <span className="figure-line">
        <b>{squareMetres(props.area_m2)}</b> m²
      </span>
      <small>
        {mu(toMu(props.area_m2))} {t('unit.mu')}
      </small>
    </>
  );
}

/** What the layer that is looked at says of a shape: an area, or why there is none. */
function First(props: { item: BatchItem; first: string }) {
  const { t } = useInspectorText();
  const found = props.item.layers[props.first];
  if (found === undefined) return <span className="quiet">–</span>;
  if (found.status === 'affected') return <Area area_m2={found.area_m2} />;
  return (
    <>
      <span className={`tag tag-${found.status}`}>{t(`status.${found.status}`)}</span>
      {found.below_threshold_m2 > 0 && (
        <small>{t('item.below_short', { area: squareMetres(found.below_threshold_m2) })}</small>
      )}
    </>
  );
}

/** One record of a batch in the list. */
export function ItemRow(props: {
  batch: BatchDetail;
  item: BatchItem;
  first: string;
  at: number;
  params: ListParams;
  lit: boolean;
  onPoint(index: string | null): void;
}) {
  const { t } = useInspectorText();
  const { batch, item, first, onPoint } = props;
  const view = viewItem(item, batch.layers, first);
  const tone = itemTone(
    item.status,
    view.met.map(({ layer }) => layer.layer),
    first,
  );
  const title = batch.layers.find(({ layer }) => layer === first)?.title ?? '';
  const point = () => onPoint(String(item.index));
  const leave = () => onPoint(null);
  return (
    <tr
      // biome-ignore lint/a11y/noRedundantRoles: browsers forget it where a row is laid out as a card
      role="row"
      className={`item tone-${tone} ${props.lit ? 'is-lit' : ''}`}
      data-testid="item"
      data-index={item.index}
      data-status={item.status}
      onMouseEnter={point}
      onMouseLeave={leave}
      onFocus={point}
      onBlur={leave}
    >
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <th role="rowheader" scope="row">
        <span className="item-name">
          <Icon name={item.status === 'remark' ? 'warning' : toneIcon[tone]} size={22} />
          <Link href={itemAddress(batch.id, item.index, props.params, props.at)}>{shortName(item, t)}</Link>
        </span>
        <small>
          {[
            ...(item.name === null || item.name === '' ? [] : [t('item.in_file', { index: item.index })]),
            ...(item.village === null ? [] : [`${item.township?.name ?? ''} ${item.village.name}`.trim()]),
          ].join(' · ')}
        </small>
      </th>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <td role="cell" className="item-area">
        <span className="cell-label" aria-hidden="true">
          {t('items.area')}
        </span>
        <div>
          <Area area_m2={item.area_m2} />
        </div>
      </td>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <td role="cell" className="item-first" data-testid="item-first">
        <span className="cell-label" aria-hidden="true">
          {title}
        </span>
        <div>
          <First item={item} first={first} />
        </div>
      </td>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <td role="cell" className="item-outcome">
        <ItemOutcome item={item} view={view} first={first} />
      </td>
    </tr>
  );
}
