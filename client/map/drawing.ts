import type { Polygon } from 'geojson';
import type { Map as LibreMap } from 'maplibre-gl';
import { TerraDraw, TerraDrawModeUndoRedo, TerraDrawPolygonMode, TerraDrawSelectMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { drawnPolygon } from '../draw/corners.ts';
import type { DrawingState } from './types.ts';

const INK = '#16201b';
const ACCENT = '#0f5a3c';
const WHITE = '#ffffff';
/** Fingers are wide: this near to the first corner, in px, closes the shape; this near to a corner takes it. */
const CLOSE_PX = 24;
const GRAB_PX = 32;
const DRAW = 'polygon';
const EDIT = 'select';

function polygonMode(): TerraDrawPolygonMode {
  return new TerraDrawPolygonMode({
    pointerDistance: CLOSE_PX,
    showCoordinatePoints: true,
    styles: {
      fillColor: ACCENT,
      fillOpacity: 0.25,
      outlineColor: INK,
      outlineWidth: 3,
      closingPointColor: ACCENT,
      closingPointWidth: 11,
      closingPointOutlineColor: WHITE,
      closingPointOutlineWidth: 3,
      coordinatePointColor: INK,
      coordinatePointWidth: 7,
      coordinatePointOutlineColor: WHITE,
      coordinatePointOutlineWidth: 2,
    },
  });
}

function selectMode(): TerraDrawSelectMode {
  return new TerraDrawSelectMode({
    pointerDistance: GRAB_PX,
    allowManualDeselection: false,
    flags: {
      [DRAW]: {
        feature: {
          draggable: false,
          coordinates: { midpoints: { draggable: true }, draggable: true, deletable: true },
        },
      },
    },
    styles: {
      selectedPolygonColor: ACCENT,
      selectedPolygonFillOpacity: 0.25,
      selectedPolygonOutlineColor: INK,
      selectedPolygonOutlineWidth: 3,
      selectionPointColor: WHITE,
      selectionPointWidth: 10,
      selectionPointOutlineColor: ACCENT,
      selectionPointOutlineWidth: 4,
      midPointColor: ACCENT,
      midPointWidth: 6,
      midPointOutlineColor: WHITE,
      midPointOutlineWidth: 2,
    },
  });
}

/** One polygon on a map: drawn corner by corner, then changed by its corners. Tells every change. */
export class Drawing {
  readonly #draw: TerraDraw;
  readonly #map: LibreMap;
  readonly #polygon = polygonMode();
  readonly #tell: (state: DrawingState) => void;

  constructor(map: LibreMap, start: Polygon | null, tell: (state: DrawingState) => void) {
    this.#map = map;
    this.#tell = tell;
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9 }),
      modes: [this.#polygon, selectMode()],
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    });
    this.#draw.start();
    this.#draw.on('finish', (id, context) => {
      if (context.action === 'draw') this.#edit(id);
      else this.#report();
    });
    this.#draw.on('change', () => this.#report());
    this.#draw.on('history', () => this.#report());
    if (start === null) this.#draw.setMode(DRAW);
    else this.#resume(start);
    this.#report();
  }

  undo(): void {
    this.#draw.undo();
    this.#report();
  }

  /** The same as a tap on the first corner: terra-draw knows no other way than its key. */
  finish(): void {
    this.#map.getCanvas().dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', bubbles: true }));
  }

  clear(): void {
    this.#draw.setMode(DRAW);
    this.#draw.clear();
    this.#report();
  }

  stop(): void {
    this.#draw.stop();
  }

  #resume(polygon: Polygon): void {
    const added = this.#draw.addFeatures([
      {
        type: 'Feature',
        properties: { mode: DRAW },
        geometry: { type: 'Polygon', coordinates: polygon.coordinates },
      },
    ]);
    const id = added[0]?.valid === true ? added[0].id : undefined;
    if (id === undefined) this.#draw.setMode(DRAW);
    else this.#edit(id);
  }

  #edit(id: string | number): void {
    this.#draw.setMode(EDIT);
    this.#draw.selectFeature(id);
    this.#report();
  }

  #report(): void {
    const phase = this.#draw.getMode() === EDIT ? 'edit' : 'draw';
    const found = this.#draw
      .getSnapshot()
      .find((f) => f.geometry.type === 'Polygon' && f.properties.mode === DRAW);
    const ring = found?.geometry.type === 'Polygon' ? (found.geometry.coordinates[0] ?? []) : [];
    const corners = phase === 'edit' ? ring.length - 1 : this.#polygon.undoSize();
    this.#tell({ phase, polygon: drawnPolygon(ring), corners: Math.max(corners, 0) });
  }
}
