import { request } from './request.ts';

export interface Legend {
  land_classes: { code: string; name: string; colour: string }[];
  layers: { layer: string; title: string; colour: string; kind: string }[];
}

/** National colours of land classes and zones. */
export function getLegend(signal: AbortSignal): Promise<Legend> {
  return request('/api/legend', { signal });
}
