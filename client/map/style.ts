import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { ClassColour, LayerStyle, MapLand, MapShape } from './types.ts';

export const PAPER = '#f4f1e8';
const UNNAMED_CLASS = '#d8d3c4';
export const LAND_USE = 'land_use';

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };
const WORLD: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
];
/** Of what stands out: no land and no zone looks like it. */
const LIT = '#35e0ff';
const INK = '#16201b';
const PLAIN_SHAPE = '#4a5650';
const TONES: [string, string][] = [
  ['conflict', '#b3261e'],
  ['unknown', '#8a5a00'],
  ['permit', '#1d4e89'],
  ['clear', '#0f5a3c'],
  ['selected', '#16201b'],
  ['position', '#0b57d0'],
];

/** Everything but the village: drawn over neighbours so that the village stands out. */
export function outside(boundary: MapLand['boundary']): FeatureCollection {
  if (boundary === null) return EMPTY;
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
  const holes = polygons.flatMap((rings) => (rings[0] ? [rings[0]] : []));
  const mask: Feature<Polygon> = {
    type: 'Feature',
    properties: {},
    geometry: { type: 'Polygon', coordinates: [WORLD, ...holes] },
  };
  return { type: 'FeatureCollection', features: [mask] };
}

function boundaryFeature(boundary: Polygon | MultiPolygon | null): FeatureCollection {
  if (boundary === null) return EMPTY;
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: boundary }] };
}

export function shapeFeatures(shapes: MapShape[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: shapes.map((shape) => ({
      type: 'Feature',
      properties: { id: shape.id, tone: shape.tone },
      geometry: shape.geometry,
    })),
  };
}

function match(
  property: string,
  cases: [string, string][],
  otherwise: string,
): ExpressionSpecification | string {
  const [first, ...rest] = cases.flat();
  if (first === undefined) return otherwise;
  return ['match', ['get', property], first, ...rest, otherwise] as unknown as ExpressionSpecification;
}
const byTone = match('tone', TONES, PLAIN_SHAPE);

/** As wide as named where a house can be seen, thinner where a whole county is: there a line is all of a shape. */
const widthOf = (width: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  11,
  width * 0.4,
  15,
  width,
];

/** Ids of the map layers that show one zone layer. */
export const zoneLayers = (layer: string) => [`${layer}-hatch`, `${layer}-casing`, `${layer}-line`];
export const hatchName = (layer: string) => `hatch-${layer}`;

function zone(style: LayerStyle): LayerSpecification[] {
  const [hatch, casing, line] = zoneLayers(style.layer);
  const source = style.layer;
  return [
    {
      id: hatch!,
      type: 'fill',
      source,
      paint: { 'fill-pattern': hatchName(style.layer), 'fill-opacity': 0.75 },
    },
    {
      id: casing!,
      type: 'line',
      source,
      paint: { 'line-color': '#ffffff', 'line-width': 5, 'line-opacity': 0.85 },
    },
    { id: line!, type: 'line', source, paint: { 'line-color': style.colour, 'line-width': 2.5 } },
  ];
}

const OUTLINES: ReadonlySet<string> = new Set(['outside', 'boundary']);

/** The data of the sources that show land: the outline, land use, and each of the zones. */
export function landSources(land: MapLand | null, zones: readonly string[]): [string, FeatureCollection][] {
  return [
    ['outside', outside(land?.boundary ?? null)],
    ['boundary', boundaryFeature(land?.boundary ?? null)],
    ...[LAND_USE, ...zones].map((layer): [string, FeatureCollection] => [
      layer,
      land?.layers[layer] ?? EMPTY,
    ]),
  ];
}

/** The map layers of the shape that stands out, each with what it shows of it. */
export function litFilters(
  id: string | null,
): Record<'lit-halo' | 'lit-line' | 'lit-point', FilterSpecification> {
  const itself: ExpressionSpecification = ['==', ['get', 'id'], id ?? ''];
  const point: ExpressionSpecification = ['==', ['geometry-type'], 'Point'];
  return { 'lit-halo': itself, 'lit-line': itself, 'lit-point': ['all', point, itself] };
}

/** The whole style: land classes, zones, the village's outline, shapes. No tiles, no glyphs, nothing from elsewhere. */
export function buildStyle(
  land: MapLand | null,
  classes: ClassColour[],
  zones: LayerStyle[],
  shapes: MapShape[],
): StyleSpecification {
  const sources: StyleSpecification['sources'] = {
    shapes: { type: 'geojson', data: shapeFeatures(shapes), tolerance: 0 },
  };
  const nothing = litFilters(null);
  const keys = zones.map(({ layer }) => layer);
  for (const [source, data] of landSources(land, keys)) {
    sources[source] = { type: 'geojson', data, ...(OUTLINES.has(source) ? {} : { tolerance: 0.1 }) };
  }
  return {
    version: 8,
    sources,
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': PAPER } },
      {
        id: 'land-fill',
        type: 'fill',
        source: LAND_USE,
        paint: {
          'fill-color': match(
            'code',
            classes.map((c) => [c.code, c.colour]),
            UNNAMED_CLASS,
          ),
        },
      },
      {
        id: 'land-line',
        type: 'line',
        source: LAND_USE,
        paint: { 'line-color': '#5c5544', 'line-width': 0.6, 'line-opacity': 0.55 },
      },
      ...zones.flatMap(zone),
      { id: 'outside', type: 'fill', source: 'outside', paint: { 'fill-color': PAPER, 'fill-opacity': 0.8 } },
      {
        id: 'boundary',
        type: 'line',
        source: 'boundary',
        paint: { 'line-color': '#16201b', 'line-width': 2, 'line-dasharray': [4, 2, 1, 2] },
      },
      {
        id: 'shape-fill',
        type: 'fill',
        source: 'shapes',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': byTone, 'fill-opacity': 0.25 },
      },
      {
        id: 'shape-casing',
        type: 'line',
        source: 'shapes',
        paint: { 'line-color': '#ffffff', 'line-width': widthOf(7) },
      },
      {
        id: 'shape-line',
        type: 'line',
        source: 'shapes',
        paint: { 'line-color': byTone, 'line-width': widthOf(3.5) },
      },
      {
        id: 'shape-point',
        type: 'circle',
        source: 'shapes',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-color': byTone,
          'circle-radius': widthOf(8),
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': widthOf(3),
        },
      },
      {
        id: 'lit-halo',
        type: 'line',
        source: 'shapes',
        filter: nothing['lit-halo'],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': INK, 'line-width': 13 },
      },
      {
        id: 'lit-line',
        type: 'line',
        source: 'shapes',
        filter: nothing['lit-line'],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': LIT, 'line-width': 4 },
      },
      {
        id: 'lit-point',
        type: 'circle',
        source: 'shapes',
        filter: nothing['lit-point'],
        paint: {
          'circle-color': LIT,
          'circle-radius': 10,
          'circle-stroke-color': INK,
          'circle-stroke-width': 5,
        },
      },
    ],
  };
}
