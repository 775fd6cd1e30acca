import initSqlJs from 'sql.js';

export type Ring = number[][];

export interface BlobOptions {
  big?: boolean;
  envelope?: 0 | 1 | 2 | 3 | 4;
  dimensions?: 2 | 3 | 4;
  type?: number;
}

/** A polygon as GeoPackage writes it (OGC 12-128r18, 2.1.3), as a multipolygon of one part where `type` is 6. */
export function blob(
  rings: Ring[],
  { big = false, envelope = 0, dimensions = 2, type = 6 }: BlobOptions = {},
): Uint8Array {
  const bytes: number[] = [];
  const buffer = Buffer.alloc(8);
  const integer = (value: number) => {
    if (big) buffer.writeUInt32BE(value);
    else buffer.writeUInt32LE(value);
    bytes.push(...buffer.subarray(0, 4));
  };
  const double = (value: number) => {
    if (big) buffer.writeDoubleBE(value);
    else buffer.writeDoubleLE(value);
    bytes.push(...buffer);
  };
  const head = (kind: number) => {
    bytes.push(big ? 0 : 1);
    integer(kind + 1000 * (dimensions === 4 ? 3 : dimensions - 2));
  };
  bytes.push(0x47, 0x50, 0, (big ? 0 : 1) | (envelope << 1));
  integer(4490);
  for (let i = 0; i < [0, 4, 6, 6, 8][envelope]!; i++) double(i);
  if (type === 6) {
    head(6);
    integer(1);
  }
  head(type === 6 ? 3 : type);
  integer(rings.length);
  for (const ring of rings) {
    integer(ring.length);
    for (const [x, y] of ring) {
      double(x!);
      double(y!);
      for (let d = 2; d < dimensions; d++) double(99);
    }
  }
  return Uint8Array.from(bytes);
}

export interface Srs {
  id: number;
  organization?: string;
  code?: number;
  definition?: string;
}

/** A GeoPackage of SQLite's own making. */
export async function geopackage(
  rows: [name: string | null, geometry: Uint8Array | null, tbmj?: number][],
  { id, organization = 'EPSG', code = id, definition = 'undefined' }: Srs = { id: 4490 },
  more = '',
): Promise<Buffer> {
  const { Database } = await initSqlJs();
  const db = new Database();
  db.run(`create table gpkg_spatial_ref_sys (srs_name text, srs_id integer primary key, organization text, organization_coordsys_id integer, definition text);
    create table gpkg_contents (table_name text primary key, data_type text, identifier text, srs_id integer);
    create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer, z tinyint, m tinyint);
    create table "图 ""斑" (fid integer primary key, geom blob, name text, TBMJ real, picture blob)`);
  db.run('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?)', [
    'x',
    id,
    organization,
    code,
    definition,
  ]);
  db.run(`insert into gpkg_contents values ('图 "斑', 'features', 'x', ?)`, [id]);
  db.run(`insert into gpkg_geometry_columns values ('图 "斑', 'geom', 'MULTIPOLYGON', ?, 0, 0)`, [id]);
  for (const [name, geometry, tbmj] of rows)
    db.run('insert into "图 ""斑" (geom, name, TBMJ, picture) values (?, ?, ?, ?)', [
      geometry,
      name,
      tbmj ?? null,
      new Uint8Array([1]),
    ]);
  if (more !== '') db.run(more);
  return Buffer.from(db.export());
}
