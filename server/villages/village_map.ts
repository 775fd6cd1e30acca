import type { Feature, MultiPolygon } from 'geojson';
import type { Knex } from 'knex';
import { findDivision } from '../divisions/index.ts';
import { fromEqualArea, toMu } from '../geometry/index.ts';
import { listLayers, versionsInForce } from '../layers/index.ts';
import type { Text } from '../messages/index.ts';
import { clipToVillage } from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { className } from '../rules/index.ts';
import { findBoundary, villageParcels } from './queries.ts';

export interface VillageMapInBoth {
  boundary: Feature;
  layers: Record<string, { type: 'FeatureCollection'; features: Feature[] }>;
}

function feature(geojson: string, properties: Record<string, string | number | Text>): Feature {
  return { type: 'Feature', geometry: JSON.parse(geojson), properties };
}

/**
 * One village's map for the public: its parcels, and each zone clipped to the village, generalised to about 1 m.
 * A layer that the public may not see as vectors is left out. Throws `village_unknown`.
 */
export async function villageMap(
  db: Knex,
  code: string,
  day: string,
  gridSize: number,
): Promise<VillageMapInBoth> {
  const division = code.length === 12 ? await findDivision(db, code) : null;
  const boundary = division?.has_land ? await findBoundary(db, code) : null;
  if (division === null || boundary === null) throw new Problem('village_unknown', { params: { code } });
  const county = code.slice(0, 6);
  const shown = new Set(
    (await listLayers(db))
      .filter(({ audience }) => audience === 'generalised' || audience === 'exact')
      .map(({ key }) => key),
  );
  const versions = (await versionsInForce(db, day, [county])).filter(({ layer }) => shown.has(layer));
  const map: VillageMapInBoth = { boundary: feature(boundary, { code, name: division.name }), layers: {} };
  for (const { layer } of versions) map.layers[layer] = { type: 'FeatureCollection', features: [] };
  const landUse = versions.find(({ layer }) => layer === 'land_use');
  if (landUse) {
    for (const parcel of await villageParcels(db, county, code, landUse.id)) {
      const name = className('land_use', parcel);
      const properties = { code: parcel.code, name, area_mu: Number(toMu(parcel.area_m2).toFixed(2)) };
      map.layers.land_use!.features.push(feature(parcel.geojson, properties));
    }
  }
  const zones = versions.filter(({ layer }) => layer !== 'land_use');
  const clipped = await clipToVillage(
    db,
    code,
    county,
    zones.map(({ id }) => id),
    gridSize,
  );
  for (const part of clipped) {
    const layer = zones.find(({ id }) => id === part.version_id)!.layer;
    const properties = {
      code: part.class_code,
      name: className(layer, { code: part.class_code, name: part.class_name }),
    };
    map.layers[layer]!.features.push({
      type: 'Feature',
      geometry: generalise(JSON.parse(part.geojson)),
      properties,
    });
  }
  return map;
}

const round5 = (degrees: number) => Math.round(degrees * 1e5) / 1e5;

/** EPSG:6933 → lon/lat rounded to 5 decimals (about 1 m), by our own formula: PROJ needs two seconds to wake up in WASM. */
function generalise(geometry: MultiPolygon): MultiPolygon {
  const coordinates = geometry.coordinates.map((rings) =>
    rings.map((ring) => ring.map(([x, y]) => fromEqualArea(x!, y!).map(round5))),
  );
  return { type: 'MultiPolygon', coordinates };
}
