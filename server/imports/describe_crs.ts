import type { Crs, Declared, Position, Recognised } from '../geometry/index.ts';
import { messageText, type Text } from '../messages/index.ts';
import type { ReadFile } from './types.ts';

/** The middle of all eastings and of all northings: a typical coordinate that one wrong point does not move. */
export function typicalPosition(positions: readonly Position[]): Position | null {
  const finite = positions.filter((p) => Number.isFinite(p[0]) && Number.isFinite(p[1]));
  if (finite.length === 0) return null;
  const middle = (axis: 0 | 1) => finite.map((p) => p[axis]).sort((a, b) => a - b)[finite.length >> 1]!;
  return [middle(0), middle(1)];
}

/** A CRS as it is called in each language. */
export function crsName({ datum, zone }: Crs): Text {
  const key = zone === null ? datum : zone.prefixed ? 'zone' : 'meridian';
  const params =
    zone === null ? {} : { width: zone.width, number: zone.number, meridian: zone.central_meridian };
  return messageText(`answers.crs.${key}`, params);
}

/** How the CRS was recognised, in words; `source` names the note for what the file itself declares. */
export function describeCrs(found: Recognised, declared: Declared | null, source: string): ReadFile['crs'] {
  const { crs, by } = found;
  const how = (): Text => {
    if (by === 'option') return messageText('notes.crs_by_option', { crs: crs.id });
    if (by === 'declared') return messageText(`notes.${source}`, { stated: declared!.text });
    if (by === 'zone') return messageText('notes.crs_by_zone', { stated: declared!.text });
    if (by === 'prefix') return messageText('notes.crs_by_prefix', { zone: crs.zone!.number });
    return messageText(source === 'crs_by_member' ? 'notes.crs_by_format' : 'notes.crs_by_degrees');
  };
  return { id: crs.id, name: crsName(crs), how: how() };
}
