import { localZone, toLocalZone } from '../geometry/index.ts';
import type { Table } from './rows.ts';
import type { Proposal } from './run_proposal.ts';
import type { Words } from './words.ts';

/** The zones of CGCS2000 whose eastings begin with the zone's number: EPSG:4513 is zone 25, meridian 75° E. */
const [FIRST_EPSG, FIRST_ZONE] = [4513, 25];
const ZONE_METRES = 1e6;

/**
 * The 3° zone of the proposal: that of its first parcel, so that all points stand in one plane. With the number of the
 * zone in the easting: without it nobody can tell where a point lies, and our own upload asks.
 */
export function zoneOf({ parcels }: Proposal): { zone: number; meridian: number; epsg: string } {
  const [west, , east] = parcels[0]!.shape.bbox;
  const meridian = localZone((west + east) / 2);
  const zone = meridian / 3;
  return { zone, meridian, epsg: `EPSG:${FIRST_EPSG + zone - FIRST_ZONE}` };
}

/** Boundary points, J1 … through each parcel, closing points left out; metres in the 3° zone and degrees. */
export function pointTable(proposal: Proposal, words: Words): Table {
  const { zone, meridian } = zoneOf(proposal);
  const rows = proposal.parcels.flatMap(({ name, shape }) => {
    let number = 0;
    return shape.geometry.coordinates.flatMap((rings, part) =>
      rings.flatMap((ring, r) =>
        ring.slice(0, -1).map(([lon, lat]) => {
          number += 1;
          const [easting, northing] = toLocalZone(lon!, lat!, meridian);
          return [
            ...[name, part + 1, r + 1, `J${number}`],
            ...[fixed(northing, 3), fixed(zone * ZONE_METRES + easting, 3)],
            ...[fixed(lon!, 9), fixed(lat!, 9)],
          ];
        }),
      ),
    );
  });
  const metres = (key: string) => ({ title: words.column(key), width: 18, decimals: 3 });
  const degrees = (key: string) => ({ title: words.column(key), width: 18, decimals: 9 });
  return {
    columns: [
      { title: words.column('parcel'), width: 24 },
      { title: words.column('part'), width: 8, decimals: 0 },
      { title: words.column('ring'), width: 8, decimals: 0 },
      { title: words.column('point'), width: 10 },
      metres('x'),
      metres('y'),
      degrees('lon'),
      degrees('lat'),
    ],
    rows,
  };
}

const fixed = (value: number, decimals: number): number => Number(value.toFixed(decimals));
