import { Icon } from '../../components/icon.tsx';
import type { ItemTone } from '../../inspector/item_view.ts';
import { useInspectorText } from './inspector_text.ts';
import { toneIcon } from './item_words.ts';

const TONES = ['conflict', 'permit', 'unknown', 'clear', 'plain'] as const satisfies readonly ItemTone[];

/** What the colours of the shapes mean. `first`: the layer that is looked at. */
export function MapKey(props: { first: string }) {
  const { t } = useInspectorText();
  return (
    <ul className="map-key" aria-label={t('key.title')}>
      {TONES.map((tone) => (
        <li key={tone} className={`tone-${tone}`}>
          <span className="key-shape" aria-hidden="true" />
          <Icon name={toneIcon[tone]} size={20} />
          {t(`key.${tone}`, { layer: props.first })}
        </li>
      ))}
    </ul>
  );
}
