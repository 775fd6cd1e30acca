import { useEffect, useRef } from 'react';
import type { BatchDetail, BatchItemDetail } from '../../../server/contract/index.ts';
import { AreaLine } from '../../components/area_line.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { describePlace } from '../../components/place.ts';
import { attributeLines } from '../../inspector/attributes.ts';
import { itemTone, viewItem } from '../../inspector/item_view.ts';
import { useText } from '../../text/use_text.tsx';
import { useInspectorText } from './inspector_text.ts';
import { ItemOutcome } from './item_outcome.tsx';
import { itemName, toneIcon } from './item_words.ts';

/** What a record is: its name, where it lies, how large it is, what came of it in short, and what its file says. */
export function ItemHead(props: { batch: BatchDetail; item: BatchItemDetail; first: string }) {
  const { t } = useInspectorText();
  const base = useText();
  const { batch, item, first } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // a page change without a load tells a screen reader nothing
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const view = viewItem(item, batch.layers, first);
  const tone = itemTone(
    item.status,
    view.met.map(({ layer }) => layer.layer),
    first,
  );
  const place = item.remark?.where === undefined ? '' : describePlace(item.remark.where, base.t);
  const lines = attributeLines(item.attributes);
  return (
    <section className={`card item-head tone-${tone}`} data-testid="item-head" data-index={item.index}>
      <h2 ref={heading} tabIndex={-1} className="item-name">
        <Icon name={item.status === 'remark' ? 'warning' : toneIcon[tone]} /> {itemName(item, t)}
      </h2>
      {item.village !== null && (
        <p>
          {item.township?.name} <Link href={`/v/${item.village.code}`}>{item.village.name}</Link>
        </p>
      )}
      {item.area_m2 !== null && (
        <p>
          <AreaLine
            area_m2={item.area_m2}
            {...(item.area_mu === null ? {} : { area_mu: item.area_mu })}
            official
          />
        </p>
      )}
      <div className="item-outcome">
        <ItemOutcome item={item} view={view} first="" />
        {place !== '' && <small>{place}</small>}
      </div>
      {lines.length > 0 && (
        <details>
          <summary>
            {t('item.attributes', { n: lines.length })} <Icon name="down" size={20} />
          </summary>
          <dl className="fact-list" data-testid="item-attributes">
            {lines.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
