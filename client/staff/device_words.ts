const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
  [/Android/i, 'Android'],
  [/iPhone|iPad|iOS/i, 'iOS'],
  [/Windows/i, 'Windows'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/Linux/i, 'Linux'],
];
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, 'WeChat'],
  [/Edg(e|A|iOS)?\//i, 'Edge'],
  [/Firefox|FxiOS/i, 'Firefox'],
  [/Chrome|CriOS|Chromium/i, 'Chrome'],
  [/Safari/i, 'Safari'],
];

const first = (table: typeof SYSTEMS, agent: string) => table.find(([test]) => test.test(agent))?.[1];

/** What a browser calls itself, short enough to tell one's devices apart: `Chrome · Android`; null: it does not say. */
export function deviceWords(agent: string): string | null {
  const words = [first(BROWSERS, agent), first(SYSTEMS, agent)].filter((word) => word !== undefined);
  return words.length === 0 ? null : words.join(' · ');
}
