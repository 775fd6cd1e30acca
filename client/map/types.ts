import type { FeatureCollection, Geometry, MultiPolygon, Polygon } from 'geojson';

/** How a shape looks on the map. */
export type Tone = 'plain' | 'selected' | 'position' | 'conflict' | 'unknown' | 'permit' | 'clear';

export interface MapShape {
  id: string;
  geometry: Geometry;
  tone: Tone;
}

/** One village's land as the map shows it, lon/lat. */
export interface MapLand {
  boundary: Polygon | MultiPolygon | null;
  layers: Record<string, FeatureCollection>;
}

export interface LayerStyle {
  layer: string;
  title: string;
  colour: string;
}

export interface ClassColour {
  code: string;
  colour: string;
}

export interface Picked {
  layer: string;
  code: string;
  name: string;
  area_mu: number | null;
}

/** Bounds west, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

/** A shape that is being set down: a tap puts its centre there, a drag moves it. */
export interface Placing {
  /** of the shape among the shapes of the map */
  id: string;
  center: [number, number] | null;
  onPlace(center: [number, number]): void;
}

/** What the page may ask of a map that is there. */
export interface MapControls {
  /** lon, lat in the middle of what is seen */
  center(): [number, number];
  zoom(step: 1 | -1): void;
  fit(bounds: Bounds): void;
  /** zooms in on the middle, so far that a house can be drawn */
  approach(): void;
  undo(): void;
  finish(): void;
  clear(): void;
}

/** The state of a drawing, told after every change. */
export interface DrawingState {
  /** `approach`: the map is still too far out to draw on */
  phase: 'approach' | 'draw' | 'edit';
  /** closed ring; null below three corners */
  polygon: Polygon | null;
  corners: number;
}
