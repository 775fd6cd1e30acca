import { z } from 'zod';
import { Note } from './place.ts';

export const UploadFeature = z.object({
  type: z.literal('Feature'),
  id: z.number().int(),
  geometry: z.object({
    type: z.enum(['Point', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']),
    coordinates: z.any(),
  }),
  properties: z
    .record(z.string(), z.any())
    .meta({ description: 'name, area_m2 (official), stated_area_m2, and the attributes of the file' }),
});
export type UploadFeature = z.infer<typeof UploadFeature>;

export const UploadAnswer = z.object({
  id: z.string(),
  file_id: z.string().optional().meta({
    description: 'the record under which it is kept: only for whoever is signed in with files.write',
  }),
  format: z.enum(['txt', 'shapefile', 'geojson', 'kml', 'csv', 'xlsx', 'gpkg']),
  crs: z.object({
    id: z.string().meta({ description: 'EPSG:4526 …' }),
    name: z.string(),
    how: z.string().meta({ description: 'how it was recognised, in words' }),
  }),
  features: z.object({ type: z.literal('FeatureCollection'), features: z.array(UploadFeature) }),
  notes: z.array(Note),
});
export type UploadAnswer = z.infer<typeof UploadAnswer>;
