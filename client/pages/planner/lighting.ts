import { createContext, useContext } from 'react';
import type { Light } from '../../planner/light.ts';

/** What rows and map tell each other. */
export interface Lighting {
  /** parcels that the map has in hand */
  active: string | null;
  /** makes something stand out on the map; null: nothing any more */
  light(light: Light | null): void;
  /** brings parcels into view on the map */
  show(parcels: readonly string[]): void;
}

export const LightingContext = createContext<Lighting>({
  active: null,
  light: () => undefined,
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
  const { active, light: lightUp } = useContext(LightingContext);
  return {
    className: active !== null && light.parcels.includes(active) ? 'is-lit' : undefined,
    onMouseEnter: () => lightUp(light),
    onMouseLeave: () => lightUp(null),
    onFocus: () => lightUp(light),
    onBlur: () => lightUp(null),
  };
}
