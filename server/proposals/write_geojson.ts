import type { Parcel, Proposal } from './run_proposal.ts';
import { outcomeOf } from './tables.ts';
import type { Words } from './words.ts';

type Ring = readonly (readonly number[])[];

/** The proposal as GeoJSON (RFC 7946): a feature per parcel, outer rings counter-clockwise; the datum in a foreign member. */
export function writeGeojson(proposal: Proposal, words: Words, madeAt: Date): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    cunma: {
      title: proposal.title,
      crs: 'EPSG:4490',
      crs_note: words.say('geojson_crs'),
      as_of: proposal.as_of,
      accuracy_m: proposal.accuracy_m,
      rules_version: proposal.parcels[0]!.answer.rules_version ?? null,
      made_at: madeAt.toISOString(),
      overlaps: proposal.common.map(({ a, b, area_m2 }) => ({
        parcels: [a + 1, b + 1],
        area_m2: Number(area_m2.toFixed(2)),
      })),
    },
    features: proposal.parcels.map((parcel, i) => ({
      type: 'Feature',
      id: i + 1,
      bbox: parcel.shape.bbox,
      geometry: {
        type: 'MultiPolygon',
        coordinates: parcel.shape.geometry.coordinates.map((rings) =>
          rings.map((ring, r) => turned(ring, r === 0)),
        ),
      },
      properties: propertiesOf(parcel),
    })),
  });
}

function propertiesOf({ name, answer }: Parcel): Record<string, unknown> {
  return {
    name,
    area_m2: answer.area_m2,
    area_mu: answer.area_mu,
    outcome: answer.verdict?.outcome ?? null,
    headline: answer.verdict?.headline ?? null,
    uncovered_m2: answer.uncovered_m2,
    layers: answer.layers.map((layer) => ({
      layer: layer.layer,
      title: layer.title,
      status: layer.status,
      outcome: outcomeOf(layer),
      area_m2: layer.area_m2,
      version: layer.version.map(({ label }) => label),
    })),
    land_use: answer.land_use,
    villages: answer.villages ?? [],
  };
}

/** A ring in the direction asked for. */
function turned(ring: Ring, counterClockwise: boolean): Ring {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!;
    const [x1, y1] = ring[i]!;
    twice += (x0! - ring[0]![0]!) * (y1! - ring[0]![1]!) - (x1! - ring[0]![0]!) * (y0! - ring[0]![1]!);
  }
  return twice > 0 === counterClockwise ? ring : [...ring].reverse();
}
