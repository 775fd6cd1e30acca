import type { ClearPlaceAnswer, ClearPlaceRequest } from '../contract/index.ts';
import { messageText, type Text } from '../messages/index.ts';
import type { ClearPlaceFound, Confirmed } from './clear_place.ts';
import { areaPair, composeOverlay, forPublic, type LayerInBoth } from './compose_overlay.ts';

type Both<T> = T extends { found: true }
  ? Omit<T, 'direction' | 'headline' | 'layers'> & {
      direction: Text | null;
      headline: Text;
      layers: Pick<LayerInBoth, 'layer' | 'title' | 'status' | 'hits'>[];
    }
  : T extends { found: false }
    ? Omit<T, 'reason'> & { reason: Text }
    : never;
export type ClearPlaceInBoth = Both<ClearPlaceAnswer>;

/** Grid bearing of a shift, degrees from north clockwise, 0 up to 360. */
export function bearingOf(dx: number, dy: number): number {
  return ((((Math.atan2(dx, dy) * 180) / Math.PI) % 360) + 360) % 360;
}

/** The eighth of the horizon in which a bearing lies, in words. */
export function directionOf(bearing_deg: number): Text {
  return messageText(`clear_places.directions.${Math.round(bearing_deg / 45) % 8}`);
}

/** Rounded up: a place is never told nearer than it is; a hundredth of a millimetre is noise. */
function upToCentimetre(metres: number): number {
  return Math.max(0, Math.ceil(metres * 100 - 1e-3)) / 100;
}

/** One decimal; 359.96 is north. */
function toTenth(degrees: number): number {
  return (Math.round(degrees * 10) % 3600) / 10;
}

function layersAt({ result }: Confirmed): Pick<LayerInBoth, 'layer' | 'title' | 'status' | 'hits'>[] {
  return composeOverlay(result).layers.map((row, i) => {
    const { layer, title, status, hits } = forPublic(row, result.layers[i]!.layer.audience, result.area_m2);
    return { layer, title, status, hits };
  });
}

/** A search's outcome in words and rounded numbers, in both languages. */
export function composeClearPlace(
  found: ClearPlaceFound,
  request: ClearPlaceRequest,
  today: string,
): ClearPlaceInBoth {
  const { activity, radius_m, rotate } = request;
  const asked = { activity, details: found.details, radius_m, rotate, as_of: today };
  if (found.kind !== 'found') {
    const why = found.kind === 'none' ? { reason: 'none' as const } : found.why;
    const key = `clear_places.reasons.${why.reason}`;
    const text = (language: 'zh' | 'en') =>
      messageText(key, { radius: radius_m, layer: 'layer' in why ? why.layer.title[language] : '' })[
        language
      ];
    const reason = { zh: text('zh'), en: text('en') };
    return { found: false, ...asked, decided: found.kind === 'none', reason };
  }
  const { place, placement } = found;
  const moved = placement.distance_m > 0;
  const bearing_deg = moved ? toTenth(bearingOf(placement.dx, placement.dy)) : null;
  return {
    found: true,
    ...asked,
    demonstration: place.result.layers.some(({ versions }) => versions.some((v) => v.demonstration)),
    distance_m: upToCentimetre(placement.distance_m),
    bearing_deg,
    direction: bearing_deg === null ? null : directionOf(bearing_deg),
    rotation_deg: Math.round(placement.rotation_deg * 100) / 100,
    geometry: place.shape.geometry,
    area_m2: areaPair(place.shape.area_m2).area_m2,
    outcome: place.judgement.outcome,
    headline: place.judgement.headline,
    layers: layersAt(place),
  };
}
