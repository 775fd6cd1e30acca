import type { Polygon } from 'geojson';
import { type GeoJSONSource, Map as LibreMap, Marker } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import { approach, isCoarse } from './approach.ts';
import { boundsOf, padded } from './bounds.ts';
import { Drawing } from './drawing.ts';
import { hatchImage } from './hatch.ts';
import { picked, shapeAt } from './pick.ts';
import { placeOnMap } from './placing.ts';
import { metresPerPixel } from './scale_bar.ts';
import { buildStyle, hatchName, landSources, litFilters, shapeFeatures, zoneLayers } from './style.ts';
import type {
  Bounds,
  ClassColour,
  DrawingState,
  LayerStyle,
  MapControls,
  MapLand,
  MapShape,
  Picked,
  Placing,
} from './types.ts';

export interface LandMapProps {
  label: string;
  land: MapLand | null;
  classes: ClassColour[];
  zones: LayerStyle[];
  visible: ReadonlySet<string>;
  bounds: Bounds;
  shapes: MapShape[];
  marker: [number, number] | null;
  /** a drawing is under way, from this polygon or from nothing */
  drawing: { start: Polygon | null } | null;
  onDrawing(state: DrawingState): void;
  /** a shape is being set down */
  placing?: Placing | null;
  /** the shape that stands out, by its id */
  lit?: string | null;
  /** what is tapped, by its id: shapes then come before the land under them; null: none is there */
  onShape?: (id: string | null) => void;
  /** what the mouse is over */
  onHover?: (id: string | null) => void;
  onControls(controls: MapControls | null): void;
  onPick(found: Picked[]): void;
  onScale(metres_per_pixel: number): void;
  /** the map has come to rest: lon, lat of its middle and metres per px */
  onMoved?: (center: [number, number], metres_per_pixel: number) => void;
  onUnavailable(): void;
}

/** Around what is shown, px; on the right the buttons. */
const ROOM_PX = { top: 28, bottom: 28, left: 28, right: 76 };

/** The map itself. Everything in it comes from the props; the camera and an unfinished drawing are its own. */
export default function LandMap(props: LandMapProps) {
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const drawing = useRef<Drawing | null>(null);
  const approaching = useRef<ReturnType<typeof approach> | null>(null);
  const [map, setMap] = useState<LibreMap | null>(null);

  useEffect(() => {
    const holder = container.current!;
    const { land, classes, zones, shapes, bounds, label } = latest.current;
    let made: LibreMap;
    try {
      made = new LibreMap({
        container: holder,
        style: buildStyle(land, classes, zones, shapes),
        bounds: padded(bounds, 0.03),
        fitBoundsOptions: { padding: ROOM_PX },
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        maxZoom: 22,
        locale: { 'Map.Title': label },
      });
    } catch {
      latest.current.onUnavailable();
      return;
    }
    made.touchZoomRotate.disableRotation();
    made.keyboard.disableRotation();
    zones.forEach((zone, i) => {
      made.once('style.load', () =>
        made.addImage(hatchName(zone.layer), hatchImage(zone.colour, i), { pixelRatio: 2 }),
      );
    });
    const tellScale = () => latest.current.onScale(metresPerPixel(made.getCenter().lat, made.getZoom()));
    made.once('load', () => {
      setMap(made);
      tellScale();
    });
    made.on('move', tellScale);
    made.on('moveend', () => {
      const center = made.getCenter();
      latest.current.onMoved?.([center.lng, center.lat], metresPerPixel(center.lat, made.getZoom()));
    });
    made.on('idle', () => holder.setAttribute('data-ready', 'true'));
    made.on('dataloading', () => holder.setAttribute('data-ready', 'false'));
    made.on('movestart', () => holder.setAttribute('data-ready', 'false'));
    made.on('click', (event) => {
      if (latest.current.drawing !== null || (latest.current.placing ?? null) !== null) return;
      const shape = latest.current.onShape === undefined ? null : shapeAt(made, event.point);
      latest.current.onShape?.(shape);
      latest.current.onPick(shape === null ? picked(made.queryRenderedFeatures(event.point)) : []);
    });
    let over: string | null = null;
    const hover = (next: string | null) => {
      if (next === over) return;
      over = next;
      made.getCanvas().style.cursor = next === null ? '' : 'pointer';
      latest.current.onHover?.(next);
    };
    made.on('mousemove', (event) => {
      if (latest.current.onHover !== undefined) hover(shapeAt(made, event.point));
    });
    made.on('mouseout', () => hover(null));
    latest.current.onControls({
      // of what the buttons leave free: where fit() puts things too
      center: () => {
        const { top, right, bottom, left } = ROOM_PX;
        const middle: [number, number] = [
          (left + holder.clientWidth - right) / 2,
          (top + holder.clientHeight - bottom) / 2,
        ];
        return made.unproject(middle).toArray();
      },
      zoom: (step) => (step > 0 ? made.zoomIn() : made.zoomOut()),
      fit: (target) => made.fitBounds(padded(target, 0.15), { padding: ROOM_PX, maxZoom: 19 }),
      approach: () => approaching.current?.here(),
      undo: () => drawing.current?.undo(),
      finish: () => drawing.current?.finish(),
      clear: () => drawing.current?.clear(),
    });
    return () => {
      latest.current.onControls(null);
      made.remove();
    };
  }, []);

  useEffect(() => {
    const source = map?.getSource<GeoJSONSource>('shapes');
    source?.setData(shapeFeatures(props.shapes));
  }, [map, props.shapes]);

  const shown = useRef(props.land);
  useEffect(() => {
    if (map === null || shown.current === props.land) return;
    shown.current = props.land;
    const zones = latest.current.zones.map(({ layer }) => layer);
    for (const [source, data] of landSources(props.land, zones)) {
      map.getSource<GeoJSONSource>(source)?.setData(data);
    }
  }, [map, props.land]);

  const lit = props.lit ?? null;
  useEffect(() => {
    if (map === null) return;
    for (const [layer, filter] of Object.entries(litFilters(lit))) map.setFilter(layer, filter);
  }, [map, lit]);

  useEffect(() => {
    if (map === null) return;
    for (const { layer } of latest.current.zones) {
      const visibility = props.visible.has(layer) ? 'visible' : 'none';
      for (const id of zoneLayers(layer)) map.setLayoutProperty(id, 'visibility', visibility);
    }
  }, [map, props.visible]);

  useEffect(() => {
    if (map === null || props.drawing === null) return;
    const { start } = props.drawing;
    const begin = () => {
      drawing.current = new Drawing(map, start, (state) => latest.current.onDrawing(state));
    };
    const bounds = start === null ? null : boundsOf([start]);
    if (isCoarse(map) && bounds === null) {
      latest.current.onDrawing({ phase: 'approach', polygon: null, corners: 0 });
      approaching.current = approach(map, begin);
    } else {
      if (isCoarse(map) && bounds !== null)
        map.fitBounds(padded(bounds, 0.15), { padding: ROOM_PX, maxZoom: 19 });
      begin();
    }
    return () => {
      approaching.current?.stop();
      approaching.current = null;
      drawing.current?.stop();
      drawing.current = null;
    };
  }, [map, props.drawing]);

  const placing = (props.placing ?? null) !== null;
  useEffect(() => {
    if (map === null || !placing) return;
    return placeOnMap(map, () => latest.current.placing ?? null);
  }, [map, placing]);

  useEffect(() => {
    if (map === null || props.marker === null) return;
    const marker = new Marker({ color: '#b3261e' }).setLngLat(props.marker).addTo(map);
    map.easeTo({ center: props.marker, zoom: Math.max(map.getZoom(), 17) });
    return () => {
      marker.remove();
    };
  }, [map, props.marker]);

  return <div ref={container} className="map-canvas" data-testid="map" data-ready="false" />;
}
