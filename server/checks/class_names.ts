import type { Text } from '../messages/index.ts';
import type { ClassArea } from '../overlay/index.ts';
import { landClassName } from '../rules/index.ts';

/** Land classes by the national standard; other layers' classes as their data names them. */
export function className(layer: string, hit: Pick<ClassArea, 'code' | 'name'>): Text {
  return layer === 'land_use' ? landClassName(hit.code) : { zh: hit.name, en: hit.name };
}
