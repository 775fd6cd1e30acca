import { useCallback, useMemo, useRef, useState } from 'react';
import { circle } from '../draw/circle.ts';
import { previewFootprint } from '../draw/footprint.ts';
import { boundsOf, padded } from '../map/bounds.ts';
import type { MapControls, MapShape, Placing } from '../map/types.ts';
import { type Fix, fixOf } from './fix.ts';
import { type Positioning, useFix } from './use_fix.ts';
import type { Bench } from './use_workspace.ts';

/** A way to say which land it is that has a panel of its own. */
export type Way = 'footprint' | 'stand' | 'typed';

export interface Ways {
  way: Way | null;
  open(way: Way): void;
  close(): void;
  positioning: Positioning;
  /** what the map shows meanwhile; null: the shapes of the work table */
  preview: MapShape[] | null;
  placing: Placing | null;
}

const FOOTPRINT = 'footprint-preview';
const ROOM = 1.5;

/** Where somebody stands, with the circle in which that is. */
export function fixShapes(fix: Fix | null): MapShape[] {
  if (fix === null) return [];
  const { position, accuracy_m } = fix;
  return [
    { id: 'accuracy', geometry: circle(position, accuracy_m), tone: 'position' },
    { id: 'position', geometry: { type: 'Point', coordinates: position }, tone: 'position' },
  ];
}

/** Which way is open, what it shows on the map, and what the map tells it. */
export function useWays(bench: Bench, controls: MapControls | null): Ways {
  const [way, setWay] = useState<Way | null>(null);
  const opener = useRef<Element | null>(null);
  const positioning = useFix();
  const { forget } = positioning;
  const { footprint } = bench.work;
  const fix = fixOf(positioning.state);

  const open = useCallback(
    (next: Way) => {
      opener.current = document.activeElement;
      forget();
      setWay(next);
      window.scrollTo({ top: 0 });
    },
    [forget],
  );
  const close = useCallback(() => {
    forget();
    setWay(null);
    window.setTimeout(() => opener.current instanceof HTMLElement && opener.current.focus());
  }, [forget]);

  const preview = useMemo(() => {
    if (way === 'stand') return fixShapes(fix);
    if (way !== 'footprint') return null;
    const geometry = previewFootprint(footprint);
    const shapes: MapShape[] = footprint.accuracy_m === null ? [] : fixShapes(fix);
    return geometry === null ? shapes : [...shapes, { id: FOOTPRINT, geometry, tone: 'selected' as const }];
  }, [way, footprint, fix]);

  const onPlace = (center: [number, number]) => {
    forget();
    bench.step({ do: 'set_footprint', change: { center, accuracy_m: null } });
    const first = footprint.center === null ? previewFootprint({ ...footprint, center }) : null;
    const bounds = first === null ? null : boundsOf([first]);
    if (bounds !== null) controls?.fit(padded(bounds, ROOM));
  };
  const placing = way === 'footprint' ? { id: FOOTPRINT, center: footprint.center, onPlace } : null;
  return { way, open, close, positioning, preview, placing };
}
