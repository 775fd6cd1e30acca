import type { Map as LibreMap, MapMouseEvent } from 'maplibre-gl';
import { metresPerPixel, zoomOf } from './scale_bar.ts';

/** Coarser than this, in m per CSS px, the corners of a house cannot be told apart under a finger. */
const COARSE_M_PER_PX = 1.2;
/** A house of 10 m is then some 35 px wide. */
const FINE_M_PER_PX = 0.3;
const EASE_MS = 500;

const scaleOf = (map: LibreMap) => metresPerPixel(map.getCenter().lat, map.getZoom());

/** Whether a map is zoomed out too far for drawing a house. */
export const isCoarse = (map: LibreMap): boolean => scaleOf(map) > COARSE_M_PER_PX;

/**
 * Goes near enough to draw: to where a tap says the land is, or to the middle when `here` is called. `onNear` is
 * called once, also when somebody has zoomed in by other means.
 */
export function approach(map: LibreMap, onNear: () => void): { here(): void; stop(): void } {
  let going = false;
  const go = (center: [number, number]) => {
    if (going) return;
    going = true;
    map.easeTo({ center, zoom: zoomOf(center[1], FINE_M_PER_PX), duration: EASE_MS });
  };
  const tap = (event: MapMouseEvent) => go(event.lngLat.toArray());
  const settled = () => {
    going = false;
    if (isCoarse(map)) return;
    stop();
    onNear();
  };
  const watched = [map.on('click', tap), map.on('moveend', settled)];
  const stop = () => {
    for (const each of watched) each.unsubscribe();
  };
  return { here: () => go(map.getCenter().toArray()), stop };
}
