import { Component, lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import type { LandMapProps } from '../map/land_map.tsx';
import { scaleBar } from '../map/scale_bar.ts';
import type { MapControls, Picked } from '../map/types.ts';
import { useText } from '../text/use_text.tsx';
import { Icon } from './icon.tsx';

const LandMap = lazy(() => import('../map/land_map.tsx'));

class Boundary extends Component<{ onFailed(): void; children: ReactNode }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidCatch(): void {
    this.props.onFailed();
  }
  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

const SCALE_PX = 90;

type PaneProps = Omit<LandMapProps, 'onScale' | 'onUnavailable' | 'onPick' | 'label'> & {
  titles: ReadonlyMap<string, string>;
  /** the browser cannot show maps */
  onUnavailable?: () => void;
  children?: ReactNode;
};

/** The map with its buttons, scale and what lies under a tap; without WebGL a notice in its place. */
export function MapPane(props: PaneProps) {
  const { t } = useText();
  const { titles, children, onControls, onUnavailable, ...rest } = props;
  const [unavailable, setUnavailable] = useState(false);
  const [controls, setControls] = useState<MapControls | null>(null);
  const [scale, setScale] = useState<number | null>(null);
  const [found, setFound] = useState<Picked[]>([]);
  const takeControls = useCallback(
    (next: MapControls | null) => {
      setControls(next);
      onControls(next);
    },
    [onControls],
  );
  const placing = (props.placing ?? null) !== null;
  const noMap = useCallback(() => {
    setUnavailable(true);
    onUnavailable?.();
  }, [onUnavailable]);
  useEffect(() => {
    if (props.drawing !== null || placing) setFound([]);
  }, [props.drawing, placing]);

  if (unavailable) {
    return (
      <div className="map-pane map-missing" role="note" data-testid="map-unavailable">
        <Icon name="warning" />
        <p>{t('map.unavailable')}</p>
      </div>
    );
  }
  const bar = scale === null ? null : scaleBar(scale, SCALE_PX);
  return (
    <section className="map-pane" aria-label={t('map.area')}>
      <Boundary onFailed={noMap}>
        <Suspense fallback={<div className="map-canvas map-waiting">{t('map.loading')}</div>}>
          <LandMap
            {...rest}
            label={t('map.label')}
            onControls={takeControls}
            onPick={setFound}
            onScale={setScale}
            onUnavailable={noMap}
          />
        </Suspense>
      </Boundary>
      {controls !== null && (
        <div className="map-buttons">
          <button
            type="button"
            className="map-button"
            aria-label={t('map.zoom_in')}
            onClick={() => controls.zoom(1)}
          >
            <Icon name="plus" />
          </button>
          <button
            type="button"
            className="map-button"
            aria-label={t('map.zoom_out')}
            onClick={() => controls.zoom(-1)}
          >
            <Icon name="minus" />
          </button>
          <button
            type="button"
            className="map-button"
            aria-label={t('map.fit')}
            onClick={() => controls.fit(props.bounds)}
          >
            <Icon name="fit" />
          </button>
        </div>
      )}
      <div className="map-foot" aria-hidden="true">
        <span className="north">N</span>
        {bar !== null && (
          <span className="scale" style={{ width: bar.pixels }}>
            {bar.metres >= 1000 ? `${bar.metres / 1000} km` : `${bar.metres} m`}
          </span>
        )}
      </div>
      {found.length > 0 && (
        <div className="picked" role="status" data-testid="picked">
          <ul>
            {found.map((each) => (
              <li key={`${each.layer} ${each.code}`}>
                <small>{titles.get(each.layer) ?? each.layer}</small> {each.name}
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="icon-button"
            aria-label={t('map.close')}
            onClick={() => setFound([])}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {children}
    </section>
  );
}
