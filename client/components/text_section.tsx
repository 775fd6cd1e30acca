import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { fill, type Language, type MessageKey, type Params } from '../text/messages.ts';
import { useText } from '../text/use_text.tsx';
import { LoadFailed } from './load_failed.tsx';

export interface SectionTexts<K extends string> {
  language: Language;
  /** a text of the section, or one of those that every page has */
  t(key: K | MessageKey, params?: Params): string;
}

/**
 * Texts that only some pages need, loaded with them. `load` gives one language's catalogue, each a chunk of its own.
 * While another language loads, the one before stays.
 */
export function textSection<K extends string>(load: (language: Language) => Promise<Record<K, string>>) {
  const Context = createContext<SectionTexts<K> | null>(null);

  function Provider(props: { children: ReactNode }) {
    const base = useText();
    const { language } = base;
    const [loaded, setLoaded] = useState<{ language: Language; catalogue: Record<K, string> } | null>(null);
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);
    // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is there to try again
    useEffect(() => {
      let gone = false;
      load(language).then(
        (catalogue) => {
          if (gone) return;
          setLoaded({ language, catalogue });
          setFailed(false);
        },
        () => {
          if (!gone) setFailed(true);
        },
      );
      return () => {
        gone = true;
      };
    }, [language, attempt]);
    const texts = useMemo<SectionTexts<K> | null>(() => {
      if (loaded === null) return null;
      const own = (key: string): key is K => Object.hasOwn(loaded.catalogue, key);
      return {
        language: loaded.language,
        t: (key, params) =>
          own(key) ? fill(loaded.catalogue[key], params) : base.t(key as MessageKey, params),
      };
    }, [loaded, base]);
    const retry = useCallback(() => setAttempt((n) => n + 1), []);
    if (texts === null)
      return failed ? <LoadFailed onRetry={retry} /> : <div className="page-loading" aria-busy="true" />;
    return <Context value={texts}>{props.children}</Context>;
  }

  function useSectionText(): SectionTexts<K> {
    const texts = useContext(Context);
    if (texts === null) throw new Error('text of a section outside of its provider');
    return texts;
  }

  return { Provider, useText: useSectionText };
}
