import { boundsOf, padded } from '../map/bounds.ts';
import type { Bounds, MapControls, MapLand, MapShape, Placing } from '../map/types.ts';
import { MapPane } from './map_pane.tsx';
import type { LegendView } from './use_legend.ts';

const BLANK: MapLand = { boundary: null, layers: {} };
const SHOWN: ReadonlySet<string> = new Set([
  'permanent_basic_farmland',
  'ecological_red_line',
  'urban_growth_boundary',
  'geohazard',
]);
const ignore = () => undefined;

/** Room around the shapes, as a share of their size: more where there is land to see around them. */
const ROOM = { blank: 0.05, land: 1 };

/** Shapes on paper, or on the land around them; nothing when no shape has a place. */
export function ShapesMap(props: {
  shapes: MapShape[];
  land: MapLand | null;
  legend: LegendView;
  marker: [number, number] | null;
  placing?: Placing | null;
  onControls(controls: MapControls | null): void;
}) {
  const { land, legend } = props;
  const bounds: Bounds | null = boundsOf(props.shapes.map((shape) => shape.geometry));
  if (bounds === null) return null;
  return (
    <MapPane
      land={land ?? BLANK}
      classes={land === null ? [] : legend.classes}
      zones={land === null ? [] : legend.zones}
      titles={legend.titles}
      visible={SHOWN}
      bounds={padded(bounds, land === null ? ROOM.blank : ROOM.land)}
      shapes={props.shapes}
      marker={props.marker}
      drawing={null}
      onDrawing={ignore}
      placing={props.placing ?? null}
      onControls={props.onControls}
    />
  );
}
