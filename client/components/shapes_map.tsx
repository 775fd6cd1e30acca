import { boundsOf } from '../map/bounds.ts';
import type { MapControls, MapLand, MapShape } from '../map/types.ts';
import { MapPane } from './map_pane.tsx';

const NO_LAND: MapLand = { boundary: null, layers: {} };
const NOTHING: ReadonlySet<string> = new Set();
const NO_TITLES: ReadonlyMap<string, string> = new Map();
const ignore = () => undefined;

/** Shapes alone on paper, where no village's land is shown; nothing when no shape has a place. */
export function ShapesMap(props: {
  shapes: MapShape[];
  marker: [number, number] | null;
  onControls(controls: MapControls | null): void;
}) {
  const bounds = boundsOf(props.shapes.map((shape) => shape.geometry));
  if (bounds === null) return null;
  return (
    <MapPane
      land={NO_LAND}
      classes={[]}
      zones={[]}
      titles={NO_TITLES}
      visible={NOTHING}
      bounds={bounds}
      shapes={props.shapes}
      marker={props.marker}
      drawing={null}
      onDrawing={ignore}
      onControls={props.onControls}
    />
  );
}
