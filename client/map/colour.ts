/** `#rrggbb` → red, green, blue (0–255); null for anything else. */
export function parseColour(text: string): [number, number, number] | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (match === null) return null;
  return [Number.parseInt(match[1]!, 16), Number.parseInt(match[2]!, 16), Number.parseInt(match[3]!, 16)];
}

/** A darker `#rrggbb`, `by` 0 (same) to 1 (black): outlines must stand out from fields of a like colour. */
export function darken(text: string, by: number): string {
  const rgb = parseColour(text);
  if (rgb === null) return text;
  return `#${rgb
    .map((channel) =>
      Math.round(channel * (1 - by))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Relative luminance of WCAG 2, 0 (black) to 1 (white). */
function luminance([red, green, blue]: [number, number, number]): number {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

const DARK_ENOUGH = 0.2;
const SHADE_STEP = 0.05;

/** The colour in the lightest shade in which a line still stands out from pale and from yellow fields. */
export function outlineShade(text: string): string {
  const rgb = parseColour(text);
  if (rgb === null) return text;
  let shade = 0;
  while (luminance(rgb.map((channel) => channel * (1 - shade)) as [number, number, number]) > DARK_ENOUGH) {
    shade += SHADE_STEP;
  }
  return darken(text, shade);
}
