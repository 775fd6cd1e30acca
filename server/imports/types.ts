import type { Datum, Place, UploadAnswer, UploadFeature } from '../contract/index.ts';
import type { Crs, Naming, Position } from '../geometry/index.ts';
import type { Text } from '../messages/index.ts';
import type { Problem } from '../problems.ts';

export interface ReadNote {
  severity: 'info' | 'warning' | 'error';
  code: string;
  message: Text;
  where?: Place;
}

/** What a file was found to hold: shapes in lon/lat EPSG:4490 and remarks in both languages. */
export interface ReadUpload {
  format: UploadAnswer['format'];
  crs: { id: string; name: Text; how: Text };
  features: UploadFeature[];
  notes: ReadNote[];
}

/** A geometry in the CRS of its file: (easting, northing) in metres or (longitude, latitude) in degrees. */
export type RawGeometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'MultiLineString'; coordinates: Position[][] }
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] };

/** One record of a file as a reader hands it on, unchecked. */
export interface RawFeature {
  /** how the user knows it: a parcel name, or #3 */
  label: string;
  name: string | null;
  geometry: RawGeometry;
  crs: Crs;
  attributes: Record<string, unknown>;
  stated_area_m2: number | null;
  where: Place;
  pointName?: Naming['pointName'];
  /** line of a point of the file, by its place as problems name it: part and ring from 1, name of the point */
  lineOf?: (part: number, ring: number, point: string) => number | undefined;
  /** what the file itself states; where it states nothing the user may */
  stated_datum?: Datum | undefined;
  /** coordinates are GCJ-02 and still to be converted */
  gcj02?: boolean;
  /** what another validator objected to: counts where our own checks, which know the place, find nothing */
  doubt?: Problem;
}

/** What a reader returns. Records it could not hand on have their error notes. */
export interface ReadFile {
  format: ReadUpload['format'];
  crs: ReadUpload['crs'];
  features: RawFeature[];
  notes: ReadNote[];
  /** records without a shape, where the format counts its records */
  nulls?: { record: number; name: string | null }[];
}

export interface ReadOptions {
  /** the user's statement of the CRS */
  crs?: Crs | undefined;
  /** the user's statement of the datum of longitude and latitude */
  datum?: Datum | undefined;
}
