import type { Language } from './messages.ts';

interface Named {
  path: readonly string[];
  pinyin?: string | undefined;
  path_pinyin?: readonly string[] | undefined;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The names above a village, highest first; in English each after its pinyin, and the village's own pinyin first. */
export function pathText({ path, pinyin, path_pinyin }: Named, language: Language): string {
  if (language === 'zh' || pinyin === undefined) return path.join(' › ');
  const names = path.map((name, i) => {
    const read = path_pinyin?.[i];
    return read === undefined ? name : `${capital(read)} ${name}`;
  });
  return `${capital(pinyin)} · ${names.join(' › ')}`;
}
