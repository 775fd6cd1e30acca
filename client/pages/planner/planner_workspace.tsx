import type { Polygon } from 'geojson';
import { useCallback, useMemo, useState } from 'react';
import { drawnShape, type WorkShape } from '../../check/shapes.ts';
import { WayPanel } from '../../check/way_panel.tsx';
import { DemoNotice } from '../../components/demo_notice.tsx';
import { Icon } from '../../components/icon.tsx';
import { Main } from '../../components/main.tsx';
import { useLegend } from '../../components/use_legend.ts';
import { boundsOf } from '../../map/bounds.ts';
import type { DrawingState, MapControls, Tone } from '../../map/types.ts';
import { type Light, lightOn } from '../../planner/light.ts';
import { isParcel, MOST_PARCELS } from '../../planner/proposal.ts';
import { villageRows } from '../../planner/sums.ts';
import { useBackground } from '../../planner/use_background.ts';
import { useOverlays } from '../../planner/use_overlays.ts';
import type { Desk } from '../../planner/use_proposal.ts';
import { areasOf } from '../../staff/rights.ts';
import { useMe } from '../../staff/session.tsx';
import { AddParcels } from './add_parcels.tsx';
import { Downloads } from './downloads.tsx';
import { LightingContext } from './lighting.ts';
import { OverlapCard } from './overlap_card.tsx';
import { ParcelTable } from './parcel_table.tsx';
import { PlannerMap } from './planner_map.tsx';
import { usePlannerText } from './planner_text.ts';
import { QuestionCard } from './question_card.tsx';
import { Results } from './results.tsx';
import { RunBar } from './run_bar.tsx';
import { UndoLine } from './undo_line.tsx';
import { useEntry } from './use_entry.ts';
import { useFirstView } from './use_first_view.ts';

const NONE: readonly string[] = [];
/** The map has changed its size by then. */
const RESIZED_MS = 200;

/** Map and proposal side by side; holds what both need. */
export function PlannerWorkspace({ desk }: { desk: Desk }) {
  const { t, language } = usePlannerText();
  const me = useMe();
  const legend = useLegend();
  const { proposal, step } = desk;
  const { parcels } = proposal;
  const overlays = useOverlays(String(me.account.id), desk, language);
  const [controls, setControls] = useState<MapControls | null>(null);
  const [mapless, setMapless] = useState(false);
  const [marker, setMarker] = useState<[number, number] | null>(null);
  const [drawing, setDrawing] = useState<{ start: Polygon | null } | null>(null);
  const [light, setLight] = useState<Light | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const [leftOut, setLeftOut] = useState(0);

  const view = useFirstView(parcels, areasOf(me, 'overlays.run'));
  const affected = useMemo(
    () => villageRows(overlays.answered).flatMap(({ code }) => code ?? []),
    [overlays.answered],
  );
  const background = useBackground(affected, parcels.length === 0 ? view.villages : NONE, language);

  const bringIntoView = useCallback(
    (shapes: readonly { geometry: WorkShape['geometry'] }[]) => {
      const bounds = boundsOf(shapes.map(({ geometry }) => geometry));
      if (bounds !== null) controls?.fit(bounds);
    },
    [controls],
  );
  const onShapes = useCallback(
    (shapes: readonly WorkShape[]) => {
      const fitting = shapes.filter(isParcel);
      setLeftOut(shapes.length - Math.min(fitting.length, MOST_PARCELS - parcels.length));
      setMarker(null);
      step({
        do: 'add',
        shapes,
        unnamed: (n) => t('planner.unnamed', { n }),
        numbered: (name, n) => t('planner.numbered', { name, n }),
      });
      window.setTimeout(() => bringIntoView(fitting), RESIZED_MS);
    },
    [bringIntoView, parcels.length, step, t],
  );
  const entry = useEntry(controls, onShapes);
  const { ways } = entry;

  const toneOf = useCallback(
    (id: string): Tone => {
      const state = overlays.stateOf(id);
      return state.state === 'answered' ? (state.answer.verdict?.outcome ?? 'selected') : 'selected';
    },
    [overlays.stateOf],
  );
  const lighting = light ?? (active === null ? null : { parcels: [active] });
  const { shapes, lit } = useMemo(
    () =>
      drawing === null ? lightOn(parcels, toneOf, lighting, background.lands) : { shapes: [], lit: null },
    [drawing, parcels, toneOf, lighting, background.lands],
  );
  const unlight = useCallback((gone: Light) => setLight((now) => (now === gone ? null : now)), []);
  const context = useMemo(
    () => ({
      active,
      light: setLight,
      unlight,
      show: (ids: readonly string[]) => {
        bringIntoView(parcels.filter(({ id }) => ids.includes(id)));
        setActive(ids.length === 1 ? ids[0]! : null);
        if (window.matchMedia('(max-width: 1023px)').matches) window.scrollTo({ top: 0 });
      },
    }),
    [active, bringIntoView, parcels, unlight],
  );
  const goTo = (id: string | null) => {
    const known = parcels.some((parcel) => parcel.id === id);
    setActive(known ? id : null);
    if (!known) return;
    document.getElementById(`parcel-${id}`)?.scrollIntoView({ block: 'center' });
  };
  const clear = () => {
    step({ do: 'clear' });
    entry.forgetReport();
    setMarker(null);
    setLeftOut(0);
    if (view.home !== null) controls?.fit(view.home);
  };
  const showPlace = controls === null ? undefined : setMarker;
  const demonstration = overlays.answered.some(({ answer }) =>
    answer.layers.some(({ version }) => version.some((each) => each.demonstration)),
  );
  const placing = controls !== null && ways.way === 'footprint';
  const mode = drawing !== null ? 'is-drawing' : placing ? 'is-placing' : '';
  const withMap = view.bounds !== null && legend.resource.state === 'ready' && !mapless;
  return (
    <>
      {(demonstration || me.account.demonstration) && (
        <section aria-label={t('demo.label')}>
          <DemoNotice />
        </section>
      )}
      <LightingContext value={context}>
        <div className={`split planner-split ${mode}`}>
          {withMap && view.bounds !== null ? (
            <PlannerMap
              legend={legend}
              land={background.land}
              bounds={view.bounds}
              shapes={ways.preview ?? shapes}
              lit={lit}
              marker={marker}
              drawing={drawing}
              placing={ways.placing}
              controls={controls}
              onControls={setControls}
              onUnavailable={() => setMapless(true)}
              onShape={goTo}
              onHover={(id) => setLight(id === null ? null : { parcels: [id] })}
              onMoved={background.look}
              onCancel={() => setDrawing(null)}
              onUse={({ polygon }: DrawingState, area_m2) => {
                setDrawing(null);
                if (polygon !== null) onShapes([drawnShape(polygon, area_m2)]);
              }}
            />
          ) : (
            <div className="map-pane map-missing" role="status">
              {t(mapless ? 'map.unavailable' : 'map.loading')}
            </div>
          )}
          <Main className="panel planner-panel">
            <WayPanel
              bench={entry.bench}
              ways={ways}
              map={controls}
              home={null}
              onShow={(shown) => bringIntoView(shown)}
            />
            <div className="panel-main" hidden={ways.way !== null}>
              {desk.unkept && (
                <p role="alert" className="note note-warning">
                  <Icon name="warning" /> {t('planner.unkept')}
                </p>
              )}
              <AddParcels
                entry={entry}
                empty={parcels.length === 0}
                onDraw={
                  controls === null
                    ? null
                    : () => {
                        setMarker(null);
                        setDrawing({ start: null });
                        window.scrollTo({ top: 0 });
                      }
                }
                onShowPlace={showPlace}
              />
              {leftOut > 0 && (
                <p role="alert" className="note note-warning" data-testid="left-out">
                  <Icon name="warning" /> {t('planner.left_out', { n: leftOut, most: MOST_PARCELS })}
                </p>
              )}
              <UndoLine desk={desk} />
              {parcels.length > 0 && (
                <>
                  <ParcelTable desk={desk} overlays={overlays} onShowPlace={showPlace} />
                  <OverlapCard parcels={parcels} />
                  <QuestionCard desk={desk} />
                  <RunBar overlays={overlays} count={parcels.length} />
                </>
              )}
              {overlays.answered.length > 0 && (
                <>
                  {overlays.answered.length < parcels.length && (
                    <p role="note" className="note note-warning" data-testid="partial">
                      <Icon name="warning" />{' '}
                      {t('planner.partial', { n: overlays.answered.length, total: parcels.length })}
                    </p>
                  )}
                  <Results parcels={overlays.answered} legend={legend} />
                  <Downloads proposal={proposal} />
                </>
              )}
              {parcels.length > 0 && (
                <button
                  type="button"
                  className="button danger-quiet no-print"
                  onClick={clear}
                  data-testid="clear-proposal"
                >
                  <Icon name="trash" /> {t('planner.clear')}
                </button>
              )}
              <p className="quiet">{t('planner.kept_here')}</p>
            </div>
          </Main>
        </div>
      </LightingContext>
    </>
  );
}
