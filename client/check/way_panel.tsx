import { useEffect, useRef } from 'react';
import { Icon } from '../components/icon.tsx';
import type { MapControls } from '../map/types.ts';
import { useText } from '../text/use_text.tsx';
import { FootprintPanel } from './footprint_panel.tsx';
import type { WorkShape } from './shapes.ts';
import { type Home, StandPanel } from './stand_panel.tsx';
import { TypedPanel } from './typed_panel.tsx';
import type { Ways } from './use_ways.ts';
import type { Bench } from './use_workspace.ts';

/** The panel of the way that is open, with the way back; takes the place of everything else until it is done. */
export function WayPanel(props: {
  bench: Bench;
  ways: Ways;
  map: MapControls | null;
  home: Home | null;
  onShow(shapes: WorkShape[]): void;
}) {
  const { t } = useText();
  const { bench, ways, map } = props;
  const { way, close, positioning } = ways;
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each way that opens takes the focus to its title
  useEffect(() => title.current?.focus(), [way]);
  if (way === null) return null;
  return (
    <section
      className="way"
      aria-label={t(`${way}.title`)}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div className="way-head">
        <button
          type="button"
          className="icon-button"
          aria-label={t('way.back')}
          onClick={close}
          data-testid="way-back"
        >
          <Icon name="back" />
        </button>
        <h2 ref={title} tabIndex={-1}>
          {t(`${way}.title`)}
        </h2>
      </div>
      {way === 'footprint' && (
        <FootprintPanel bench={bench} positioning={positioning} map={map} onDone={close} />
      )}
      {way === 'stand' && (
        <StandPanel bench={bench} positioning={positioning} map={map} home={props.home} onDone={close} />
      )}
      {way === 'typed' && (
        <TypedPanel
          bench={bench}
          onStep={(step) => {
            bench.step(step);
            if (step.do === 'put_file') props.onShow(step.shapes);
          }}
          onShow={(shape) => props.onShow([shape])}
          onDone={close}
        />
      )}
    </section>
  );
}
