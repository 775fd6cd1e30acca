import { useCallback, useMemo, useState } from 'react';
import type { Village } from '../../../server/contract/index.ts';
import { CheckPanel } from '../../check/check_panel.tsx';
import { Elsewhere } from '../../check/elsewhere.tsx';
import { mapShapes } from '../../check/map_shapes.ts';
import { allElsewhere, middleOf } from '../../check/place_of.ts';
import { drawnShape, type WorkShape } from '../../check/shapes.ts';
import { keep } from '../../check/storage.ts';
import { useWays } from '../../check/use_ways.ts';
import { useWorkspace } from '../../check/use_workspace.ts';
import { WayPanel } from '../../check/way_panel.tsx';
import type { Step } from '../../check/workspace.ts';
import { Main } from '../../components/main.tsx';
import { type Tab, Tabs } from '../../components/tabs.tsx';
import { useLegend } from '../../components/use_legend.ts';
import { inside } from '../../draw/inside.ts';
import { boundsOf } from '../../map/bounds.ts';
import type { DrawingState, MapControls, MapLand } from '../../map/types.ts';
import { useText } from '../../text/use_text.tsx';
import { ContactPanel } from './contact_panel.tsx';
import { LandPanel } from './land_panel.tsx';
import { PolicyPanel } from './policy_panel.tsx';
import { VillageMapPane } from './village_map_pane.tsx';

/** The map has shrunk from the whole screen to its pane by then. */
const RESIZED_MS = 200;

const scopeOf = (code: string) => `village.${code}`;

type TabKey = 'check' | 'policies' | 'land' | 'contacts';

/** Map above, sheet below; on a desk side by side. Holds what both need: the work table and the drawing. */
export function VillageWorkspace(props: { village: Village }) {
  const { t } = useText();
  const { village } = props;
  const legend = useLegend();
  const bench = useWorkspace(scopeOf(village.code));
  const [tab, setTab] = useState<TabKey>('check');
  const [controls, setControls] = useState<MapControls | null>(null);
  const [mapless, setMapless] = useState(village.bbox === null);
  const noMap = useCallback(() => setMapless(true), []);
  const [marker, setMarker] = useState<[number, number] | null>(null);
  const [boundary, setBoundary] = useState<MapLand['boundary']>(null);
  const ways = useWays(bench, controls);
  const [drawing, setDrawing] = useState<{
    start: Extract<WorkShape['geometry'], { type: 'Polygon' }> | null;
  } | null>(null);

  const showPlace = useCallback((position: [number, number]) => {
    setMarker(position);
    window.scrollTo({ top: 0 });
  }, []);
  const show = useCallback(
    (shapes: WorkShape[]) => {
      const bounds = boundsOf(shapes.map((shape) => shape.geometry));
      if (bounds !== null) controls?.fit(bounds);
    },
    [controls],
  );
  const step = (next: Step) => {
    setMarker(null);
    bench.step(next);
    if (next.do === 'put_file' && !allElsewhere(next.shapes, boundary)) show(next.shapes);
  };
  const startDrawing = () => {
    const drawn = bench.work.upload === null ? bench.work.shapes[0]?.geometry : undefined;
    setMarker(null);
    setDrawing({ start: drawn?.type === 'Polygon' ? drawn : null });
    window.scrollTo({ top: 0 });
  };
  const use = (state: DrawingState, area_m2: number | null) => {
    if (state.polygon !== null) {
      const shape = drawnShape(state.polygon, area_m2);
      step({ do: 'put_shape', shape });
      window.setTimeout(() => show([shape]), RESIZED_MS);
    }
    setDrawing(null);
  };
  const put = useMemo(() => (drawing === null ? mapShapes(bench.work) : []), [bench.work, drawing]);
  const home = {
    code: village.code,
    name: village.name,
    holds: (position: readonly [number, number]) => (boundary === null ? null : inside(position, boundary)),
  };

  const middle = middleOf(bench.work.shapes);
  const away = middle !== null && bench.work.upload !== null && allElsewhere(bench.work.shapes, boundary);

  const tabs: Tab<TabKey>[] = [
    {
      key: 'check',
      title: t('tab.check'),
      content: (
        <CheckPanel
          remark={
            away && (
              <Elsewhere
                position={middle}
                village={village}
                onOpen={(code) => keep(scopeOf(code), bench.work)}
              />
            )
          }
          bench={{ ...bench, step }}
          colours={legend.colours}
          draw={mapless ? null : { ready: controls !== null, onStart: startDrawing }}
          onWay={ways.open}
          onShow={(shape) => {
            window.scrollTo({ top: 0 });
            show([shape]);
          }}
          onShowPlace={controls === null ? undefined : showPlace}
        />
      ),
    },
    { key: 'policies', title: t('tab.policies'), content: <PolicyPanel village={village} /> },
    {
      key: 'land',
      title: t('tab.land'),
      content: <LandPanel village={village} colours={legend.colours.classes} />,
    },
    { key: 'contacts', title: t('tab.contacts'), content: <ContactPanel village={village} /> },
  ];
  const placing = controls !== null && (ways.way === 'footprint' || ways.way === 'stand');
  const mode = drawing !== null ? 'is-drawing' : placing ? 'is-placing' : '';
  return (
    <div className={`split ${mode} ${village.bbox === null ? 'no-map' : ''}`}>
      {village.bbox !== null && (
        <VillageMapPane
          village={village}
          bounds={village.bbox}
          legend={legend}
          shapes={ways.preview ?? put}
          placing={ways.placing}
          onBoundary={setBoundary}
          marker={marker}
          drawing={drawing}
          controls={controls}
          onControls={setControls}
          onUnavailable={noMap}
          onCancel={() => setDrawing(null)}
          onUse={use}
        />
      )}
      <Main className="panel">
        <WayPanel bench={{ ...bench, step }} ways={ways} map={controls} home={home} onShow={show} />
        <div className="panel-main" hidden={ways.way !== null}>
          {!village.has_land && <p className="card empty">{t('village.no_land')}</p>}
          <Tabs<TabKey> label={t('tab.label')} tabs={tabs} selected={tab} onSelect={setTab} />
        </div>
      </Main>
    </div>
  );
}
