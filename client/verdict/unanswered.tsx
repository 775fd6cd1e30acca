import type { CheckLayer } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';

/** Layers that gave no answer: never to be read as "free". */
export function Unanswered(props: { layers: CheckLayer[] }) {
  const { t } = useText();
  if (props.layers.length === 0) return null;
  return (
    <section className="verdict-part unanswered" data-testid="unanswered">
      <h3>{t('verdict.unanswered')}</h3>
      <p className="quiet">{t('verdict.unanswered_text')}</p>
      <ul className="plain-list">
        {props.layers.map((layer) => (
          <li key={layer.layer}>
            <strong>{layer.title}</strong>{' '}
            <span className={`tag tag-${layer.status}`}>{t(`status.${layer.status}`)}</span>
            {layer.reason !== null && <small>{layer.reason}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
