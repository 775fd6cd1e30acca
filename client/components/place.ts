import type { Place } from '../../server/contract/index.ts';
import type { Texts } from '../text/use_text.tsx';

/**
 * A place of the contract in words: file, line, parcel, part, ring, point; the number of the record where nothing else
 * names it. Empty when there is nothing to say.
 */
export function describePlace(place: Place, t: Texts['t']): string {
  const words: string[] = [];
  if (place.file !== undefined) words.push(t('place.file', { file: place.file }));
  if (place.line !== undefined) words.push(t('place.line', { line: place.line }));
  if (place.feature !== undefined) words.push(t('place.feature', { feature: place.feature }));
  if (place.record !== undefined && place.line === undefined && place.feature === undefined)
    words.push(t('place.record', { record: place.record }));
  if (place.part !== undefined && place.part > 1) words.push(t('place.part', { part: place.part }));
  if (place.ring !== undefined && place.ring > 1) words.push(t('place.ring', { ring: place.ring }));
  if (place.point !== undefined) words.push(t('place.point', { point: place.point }));
  return words.join(' · ');
}
