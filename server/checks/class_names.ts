import { landClassName, type RuleBook } from '../rules/index.ts';
import type { ClassNames } from './compose_overlay.ts';

/** Land classes by the national standard; other layers' classes as their data names them. */
export function classNames(rules: RuleBook): ClassNames {
  return (layer, hit) =>
    (layer === 'land_use' ? landClassName(rules, hit.code) : null) ?? { zh: hit.name, en: hit.name };
}
