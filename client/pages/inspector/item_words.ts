import type { BatchItem } from '../../../server/contract/index.ts';
import type { IconName } from '../../components/icon_paths.ts';
import type { BatchLayer, ItemTone } from '../../inspector/item_view.ts';
import { mu, squareMetres, toMu } from '../../text/format.ts';
import type { InspectorT } from './inspector_text.ts';

/** What a record is called: its name in the file and always its number there. */
export const itemName = ({ name, index }: Pick<BatchItem, 'name' | 'index'>, t: InspectorT): string =>
  name === null || name === '' ? t('item.number', { index }) : t('item.named', { name, index });

/** The name alone, where the number stands beside it. */
export const shortName = ({ name, index }: Pick<BatchItem, 'name' | 'index'>, t: InspectorT): string =>
  name === null || name === '' ? t('item.number', { index }) : name;

/** Square metres and mu, as everywhere. */
export const areaWords = (area_m2: number, t: InspectorT): string =>
  `${squareMetres(area_m2)} m² · ${mu(toMu(area_m2))} ${t('unit.mu')}`;

export const titles = (layers: readonly BatchLayer[], t: InspectorT): string =>
  layers.map(({ title }) => title).join(t('inspector.and'));

/** What a tone looks like without its colour. */
export const toneIcon: Readonly<Record<ItemTone, IconName>> = {
  conflict: 'conflict',
  permit: 'layers',
  unknown: 'unknown',
  clear: 'clear',
  plain: 'clock',
};
