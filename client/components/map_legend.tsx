import { useId, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../text/use_text.tsx';
import { Icon } from './icon.tsx';
import { useDialogFocus } from './use_dialog_focus.ts';

export interface LegendZone {
  layer: string;
  title: string;
  colour: string;
  note: string;
}
export interface LegendClass {
  code: string;
  name: string;
  colour: string;
}

/** What the colours mean, and which zones are shown. Folded away on a phone. */
export function MapLegend(props: {
  zones: LegendZone[];
  classes: LegendClass[];
  visible: ReadonlySet<string>;
  onToggle(layer: string): void;
  data: string;
}) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const id = useId();
  const dialog = useDialogFocus<HTMLDivElement>(open, () => setOpen(false));
  const body = (
    <div
      className="legend-body"
      id={id}
      ref={dialog}
      role="dialog"
      aria-label={t('legend.title')}
      data-testid="legend"
    >
      <div className="legend-top">
        <h2>{t('legend.title')}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t('map.close')}
          onClick={() => setOpen(false)}
        >
          <Icon name="close" />
        </button>
      </div>
      <h3>{t('legend.zones')}</h3>
      <ul>
        {props.zones.map((zone) => (
          <li key={zone.layer}>
            <label className="toggle">
              <input
                type="checkbox"
                checked={props.visible.has(zone.layer)}
                onChange={() => props.onToggle(zone.layer)}
                data-testid={`toggle-${zone.layer}`}
              />
              <span className="swatch swatch-line" style={{ borderColor: zone.colour }} aria-hidden="true" />
              <span>
                {zone.title}
                {zone.note !== '' && <small>{zone.note}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <h3>{t('legend.classes')}</h3>
      <ul className="legend-classes">
        {props.classes.map((each) => (
          <li key={each.code}>
            <span className="swatch" style={{ backgroundColor: each.colour }} aria-hidden="true" />
            {each.name}
          </li>
        ))}
      </ul>
      {props.data !== '' && <p className="quiet">{props.data}</p>}
    </div>
  );
  return (
    <div className="legend">
      <button
        type="button"
        className="map-button legend-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        data-testid="legend-button"
      >
        <Icon name="layers" /> {t('legend.title')}
      </button>
      {open && createPortal(body, document.body)}
    </div>
  );
}
