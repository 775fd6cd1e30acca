import type { MapLand, MapShape, Tone } from '../map/types.ts';
import type { Parcel } from './proposal.ts';

/** What stands out: parcels, and with them a village or a class of a zone. */
export interface Light {
  parcels: readonly string[];
  village?: string | null | undefined;
  zone?: { layer: string; code: string } | undefined;
}

/** The id of what is drawn to stand out. */
export const LIT = 'lit';

/** The shapes of the map, and which of them stands out: a parcel by itself, anything more as copies on top. */
export function lightOn(
  parcels: readonly Parcel[],
  toneOf: (id: string) => Tone,
  light: Light | null,
  lands: ReadonlyMap<string, MapLand>,
): { shapes: MapShape[]; lit: string | null } {
  const shapes = parcels.map(({ id, geometry }): MapShape => ({ id, geometry, tone: toneOf(id) }));
  if (light === null) return { shapes, lit: null };
  const boundary = light.village == null ? null : (lands.get(light.village)?.boundary ?? null);
  const zones =
    light.zone === undefined
      ? []
      : [...lands.values()].flatMap(({ layers }) =>
          (layers[light.zone!.layer]?.features ?? []).filter(
            ({ properties }) => String(properties?.code) === light.zone!.code,
          ),
        );
  if (boundary === null && zones.length === 0 && light.parcels.length === 1)
    return { shapes, lit: light.parcels[0]! };
  const copies: MapShape[] = [
    ...(boundary === null ? [] : [{ id: LIT, geometry: boundary, tone: 'plain' as const }]),
    ...zones.map(({ geometry }) => ({ id: LIT, geometry, tone: 'plain' as const })),
    ...parcels
      .filter(({ id }) => light.parcels.includes(id))
      .map(({ id, geometry }) => ({ id: LIT, geometry, tone: toneOf(id) })),
  ];
  return { shapes: [...shapes, ...copies], lit: LIT };
}
