import { createContext, useContext, useEffect, useRef } from 'react';
import type { Light } from '../../planner/light.ts';

/** What rows and map tell each other. */
export interface Lighting {
  /** parcels that the map has in hand */
  active: string | null;
  /** makes something stand out on the map; null: nothing any more */
  light(light: Light | null): void;
  /** nothing stands out any more, where it is still this that does */
  unlight(light: Light): void;
  /** brings parcels into view on the map */
  show(parcels: readonly string[]): void;
}

export const LightingContext = createContext<Lighting>({
  active: null,
  light: () => undefined,
  unlight: () => undefined,
  show: () => undefined,
});

/** What a row needs so that it and its land light each other up. */
export function useRowLight(light: Light): {
  className: string | undefined;
  onMouseEnter(): void;
  onMouseLeave(): void;
  onFocus(): void;
  onBlur(): void;
} {
  const { active, light: lightUp, unlight } = useContext(LightingContext);
  const mine = useRef<Light | null>(null);
  const enter = () => {
    mine.current = light;
    lightUp(light);
  };
  const leave = () => {
    mine.current = null;
    lightUp(null);
  };
  // a row that is taken away under the mouse is never told that the mouse has left it
  useEffect(
    () => () => {
      if (mine.current !== null) unlight(mine.current);
    },
    [unlight],
  );
  return {
    className: active !== null && light.parcels.includes(active) ? 'is-lit' : undefined,
    onMouseEnter: enter,
    onMouseLeave: leave,
    onFocus: enter,
    onBlur: leave,
  };
}
