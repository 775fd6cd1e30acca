import { MAX_NAME_BYTES } from './limits.ts';

/** What must not stand in a name: control characters, what turns the direction of writing, what cannot be seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/**
 * A claimed name made harmless for every file system and for a dialog that shows it: the last part of a path, without
 * characters that hide or redirect, not reserved by Windows, bounded in bytes. It ends in one of `extensions`, which
 * the content decides; where it does not, the first is added. `fallback` names what has no name.
 */
export function safeName(claimed: string, extensions: readonly string[], fallback: string): string {
  const last = Buffer.from(claimed, 'utf8').toString('utf8').split(/[/\\]/).at(-1)!;
  let name = last
    .normalize('NFC')
    .replace(HIDDEN, '')
    .replace(/[<>:"|?*\uFFFD]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  if (name === '') name = fallback;
  if (RESERVED.test(name)) name = `_${name}`;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  const known = extensions.includes(extension);
  const stem = known ? name.slice(0, dot) : name;
  const ending = known ? name.slice(dot) : extensions.length > 0 ? `.${extensions[0]}` : '';
  return cut(stem, MAX_NAME_BYTES - Buffer.byteLength(ending)) + ending;
}

/** At most that many bytes of UTF-8, never half a letter. */
function cut(text: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    used += Buffer.byteLength(segment);
    if (used > bytes) break;
    kept += segment;
  }
  return kept.replace(/[\s.]+$/u, '') || '_';
}
