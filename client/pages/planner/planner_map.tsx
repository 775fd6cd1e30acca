import type { Polygon } from 'geojson';
import { useMemo, useState } from 'react';
import { MapLegend } from '../../components/map_legend.tsx';
import { MapPane } from '../../components/map_pane.tsx';
import type { LegendView } from '../../components/use_legend.ts';
import type { Bounds, DrawingState, MapControls, MapLand, MapShape, Placing } from '../../map/types.ts';
import { classesWithin } from '../../planner/estimates.ts';
import { roughSquareMetres } from '../../text/format.ts';
import DrawBar from '../village/draw_bar.tsx';
import { usePlannerText } from './planner_text.ts';

const SHOWN_AT_FIRST = [
  'permanent_basic_farmland',
  'ecological_red_line',
  'urban_growth_boundary',
  'geohazard',
];
const BLANK: MapLand = { boundary: null, layers: {} };
const WATCHED = 4;

/** The parcels on the land of the villages around; while drawing, what turf makes of the shape so far. */
export function PlannerMap(props: {
  legend: LegendView;
  land: MapLand | null;
  bounds: Bounds;
  shapes: MapShape[];
  lit: string | null;
  marker: [number, number] | null;
  drawing: { start: Polygon | null } | null;
  placing: Placing | null;
  controls: MapControls | null;
  onControls(controls: MapControls | null): void;
  onUnavailable(): void;
  onShape(id: string | null): void;
  onHover(id: string | null): void;
  onMoved(center: [number, number], metres_per_pixel: number): void;
  onCancel(): void;
  onUse(state: DrawingState, area_m2: number | null): void;
}) {
  const { t } = usePlannerText();
  const { legend, drawing, controls } = props;
  const land = props.land ?? BLANK;
  const [visible, setVisible] = useState<ReadonlySet<string>>(() => new Set(SHOWN_AT_FIRST));
  const [state, setState] = useState<DrawingState | null>(null);
  const toggle = (layer: string) => {
    const next = new Set(visible);
    if (!next.delete(layer)) next.add(layer);
    setVisible(next);
  };
  const polygon = drawing === null ? null : (state?.polygon ?? null);
  const rough = useMemo(
    () =>
      polygon === null
        ? []
        : ['permanent_basic_farmland', 'land_use'].flatMap((layer) =>
            classesWithin(polygon, land.layers[layer]).slice(0, WATCHED),
          ),
    [polygon, land],
  );
  return (
    <MapPane
      land={land}
      classes={legend.classes}
      zones={legend.zones}
      titles={legend.titles}
      visible={visible}
      bounds={props.bounds}
      shapes={props.shapes}
      lit={props.lit}
      marker={props.marker}
      drawing={drawing}
      placing={props.placing}
      onDrawing={setState}
      onControls={props.onControls}
      onUnavailable={props.onUnavailable}
      onShape={props.onShape}
      onHover={props.onHover}
      onMoved={props.onMoved}
    >
      <MapLegend
        zones={legend.zones.map((zone) => ({ ...zone, note: '' }))}
        classes={legend.classes
          .filter(({ code }) =>
            land.layers.land_use?.features.some(({ properties }) => properties?.code === code),
          )
          .map(({ code, colour }) => ({ code, colour, name: nameOf(land, code) }))}
        visible={visible}
        onToggle={toggle}
        data={t('planner.map_note')}
      />
      {rough.length > 0 && (
        <ul className="rough" data-testid="rough">
          <li>
            <span className="tag tag-warning">{t('check.estimate')}</span>
          </li>
          {rough.map(({ code, name, area_m2 }) => (
            <li key={`${code} ${name}`}>{t('planner.rough', { name, area: roughSquareMetres(area_m2) })}</li>
          ))}
        </ul>
      )}
      {drawing !== null && (
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
      )}
    </MapPane>
  );
}

function nameOf(land: MapLand, code: string): string {
  const found = land.layers.land_use?.features.find(({ properties }) => properties?.code === code);
  return String(found?.properties?.name ?? code);
}
