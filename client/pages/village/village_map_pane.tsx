import type { Polygon } from 'geojson';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Village } from '../../../server/contract/index.ts';
import { useResource } from '../../api/use_resource.ts';
import { getVillageMap } from '../../api/villages.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { landOf } from '../../components/land_of.ts';
import { MapLegend } from '../../components/map_legend.tsx';
import { MapPane } from '../../components/map_pane.tsx';
import type { LegendView } from '../../components/use_legend.ts';
import type { Bounds, DrawingState, MapControls, MapLand, MapShape, Placing } from '../../map/types.ts';
import { day, mu } from '../../text/format.ts';
import { useText } from '../../text/use_text.tsx';

const fetchDrawBar = () => import('./draw_bar.tsx');
const DrawBar = lazy(fetchDrawBar);
const SHOWN_AT_FIRST = [
  'permanent_basic_farmland',
  'ecological_red_line',
  'urban_growth_boundary',
  'geohazard',
];

/** `2019–2026`, or the one year that all are of. */
function yearsOf(dates: readonly (string | undefined)[]): string {
  const years = dates.flatMap((date) => (date === undefined ? [] : [date.slice(0, 4)])).sort();
  const [first = '', last = first] = [years[0], years.at(-1)];
  return first === last ? first : `${first}–${last}`;
}

/** The village's land on the map, with its legend and, while drawing, the draw bar. */
export function VillageMapPane(props: {
  village: Village;
  bounds: Bounds;
  legend: LegendView;
  shapes: MapShape[];
  marker: [number, number] | null;
  drawing: { start: Polygon | null } | null;
  placing: Placing | null;
  onBoundary(boundary: MapLand['boundary']): void;
  controls: MapControls | null;
  onControls(controls: MapControls | null): void;
  onUnavailable(): void;
  onCancel(): void;
  onUse(state: DrawingState, area_m2: number | null): void;
}) {
  const { t, language } = useText();
  const { village, legend, controls, drawing } = props;
  const [visible, setVisible] = useState<ReadonlySet<string>>(() => new Set(SHOWN_AT_FIRST));
  const [state, setState] = useState<DrawingState | null>(null);
  const map = useResource(`${village.code} ${language}`, (signal) => getVillageMap(village.code, signal));
  const land = useMemo(
    () => (map.resource.state === 'ready' ? landOf(map.resource.value) : null),
    [map.resource],
  );
  const { onBoundary } = props;
  useEffect(() => {
    if (land === null) return;
    onBoundary(land.boundary);
    // fetched before it is needed: out in the fields the signal may be gone by then
    fetchDrawBar().catch(() => undefined);
  }, [land, onBoundary]);
  useEffect(() => {
    if (drawing === null) setState(null);
  }, [drawing]);

  const failed = map.resource.state === 'failed' ? map : legend.resource.state === 'failed' ? legend : null;
  if (failed !== null && failed.resource.state === 'failed') {
    return (
      <div className="map-pane map-missing">
        <FailureCard failure={failed.resource.failure} onRetry={failed.retry} />
      </div>
    );
  }
  if (land === null || legend.resource.state !== 'ready') {
    return (
      <div className="map-pane map-missing" role="status">
        {t('map.loading')}
      </div>
    );
  }

  const statuses = new Map(village.layers.map((layer) => [layer.layer, layer]));
  const present = legend.zones.filter((zone) => statuses.get(zone.layer)?.status !== 'not_affected');
  const noteOf = (layer: string) => {
    const known = statuses.get(layer);
    if (known === undefined || known.status === 'no_data') return t('status.no_data');
    const date = known.version === null ? '' : ` · ${day(known.version.in_force_from)}`;
    return `${mu(known.area_mu)} ${t('unit.mu')}${date}`;
  };
  const colourOf = (code: string) => legend.colours.classes.get(code) ?? '#d8d3c4';
  const survey = statuses.get('land_use')?.version ?? null;
  const years = yearsOf(present.map(({ layer }) => statuses.get(layer)?.version?.in_force_from));
  const toggle = (layer: string) => {
    const next = new Set(visible);
    if (!next.delete(layer)) next.add(layer);
    setVisible(next);
  };
  return (
    <MapPane
      land={land}
      classes={legend.classes}
      zones={legend.zones}
      titles={legend.titles}
      visible={visible}
      bounds={props.bounds}
      shapes={props.shapes}
      marker={props.marker}
      drawing={drawing}
      placing={props.placing}
      onDrawing={setState}
      onControls={props.onControls}
      onUnavailable={props.onUnavailable}
    >
      <MapLegend
        zones={present.map((zone) => ({ ...zone, note: noteOf(zone.layer) }))}
        classes={village.land.map(({ code, name }) => ({ code, name, colour: colourOf(code) }))}
        visible={visible}
        onToggle={toggle}
        data={
          survey === null ? '' : t('legend.data', { label: survey.label, date: day(survey.in_force_from) })
        }
      />
      {survey !== null && (
        <p className="map-date">
          {t('map.survey_date', { date: day(survey.in_force_from) })}
          {years !== '' && ` · ${t('map.zone_years', { years })}`}
        </p>
      )}
      {drawing !== null && (
        <Suspense fallback={null}>
          <DrawBar
            state={state}
            zones={land.layers}
            titles={legend.titles}
            onApproach={() => controls?.approach()}
            onUndo={() => controls?.undo()}
            onFinish={() => controls?.finish()}
            onClear={() => controls?.clear()}
            onCancel={props.onCancel}
            onUse={props.onUse}
          />
        </Suspense>
      )}
    </MapPane>
  );
}
