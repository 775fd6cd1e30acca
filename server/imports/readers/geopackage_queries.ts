import type { Database, SqlValue } from 'sql.js';

const TABLES = ['gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys'];

/** A table of features, and the CRS of its geometry column. */
export interface Layer {
  table: string;
  column: string;
  srs_id: number;
  organization: string | null;
  code: number | null;
  definition: string | null;
}

/** The feature tables of a GeoPackage; null: it is another SQLite database. Throws what SQLite says. */
export function layersOf(db: Database): Layer[] | null {
  const names = new Set([...rows(db, 'select name from sqlite_master')].map(({ name }) => name));
  if (!TABLES.every((name) => names.has(name))) return null;
  const layers = rows(
    db,
    `select g.table_name as "table", g.column_name as "column", g.srs_id, s.organization,
       s.organization_coordsys_id as code, s.definition
     from gpkg_geometry_columns g join gpkg_contents c on c.table_name = g.table_name
     left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
     where c.data_type = 'features' order by g.table_name`,
  );
  return [...layers] as unknown as Layer[];
}

/** All rows of a table, one at a time. */
export function rowsOf(db: Database, table: string): Generator<Record<string, SqlValue>> {
  return rows(db, `select * from "${table.replaceAll('"', '""')}"`);
}

function* rows(db: Database, sql: string): Generator<Record<string, SqlValue>> {
  const statement = db.prepare(sql);
  try {
    while (statement.step()) yield statement.getAsObject();
  } finally {
    statement.free();
  }
}
