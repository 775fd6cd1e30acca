import type { Map as LibreMap, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { Placing } from './types.ts';

/** Fingers are wide: a shape this near to the touch, in px, is taken along. */
const GRAB_PX = 18;

/** Lets a tap put a shape down and a drag move it; returns how to end that. `latest` tells where the shape is now. */
export function placeOnMap(map: LibreMap, latest: () => Placing | null): () => void {
  let held: { from: [number, number]; center: [number, number] } | null = null;

  const onShape = ({ x, y }: { x: number; y: number }) =>
    map
      .queryRenderedFeatures(
        [
          [x - GRAB_PX, y - GRAB_PX],
          [x + GRAB_PX, y + GRAB_PX],
        ],
        { layers: ['shape-fill'] },
      )
      .some((feature) => feature.properties.id === latest()?.id);

  const take = (event: MapMouseEvent | MapTouchEvent) => {
    const center = latest()?.center ?? null;
    if (center === null || ('points' in event && event.points.length > 1) || !onShape(event.point)) return;
    event.preventDefault();
    held = { from: event.lngLat.toArray(), center };
  };
  const move = (event: MapMouseEvent | MapTouchEvent) => {
    if (held === null) return;
    const { lng, lat } = event.lngLat;
    latest()?.onPlace([held.center[0] + lng - held.from[0], held.center[1] + lat - held.from[1]]);
  };
  const drop = () => {
    held = null;
  };
  const tap = (event: MapMouseEvent) => latest()?.onPlace(event.lngLat.toArray());

  const watched = [
    map.on('click', tap),
    map.on('mousedown', take),
    map.on('touchstart', take),
    map.on('mousemove', move),
    map.on('touchmove', move),
    map.on('mouseup', drop),
    map.on('touchend', drop),
    map.on('touchcancel', drop),
  ];
  return () => {
    for (const each of watched) each.unsubscribe();
  };
}
