import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Catalogue, fill, type Language, type MessageKey, type Params } from './messages.ts';

export interface Texts {
  language: Language;
  t(key: MessageKey, params?: Params): string;
  setLanguage(language: Language): void;
}

const TextContext = createContext<Texts | null>(null);

export function TextProvider(props: {
  language: Language;
  catalogue: Catalogue;
  setLanguage(language: Language): void;
  children: ReactNode;
}) {
  const { language, catalogue, setLanguage } = props;
  const texts = useMemo<Texts>(
    () => ({ language, setLanguage, t: (key, params) => fill(catalogue[key], params) }),
    [language, catalogue, setLanguage],
  );
  return <TextContext value={texts}>{props.children}</TextContext>;
}

export function useText(): Texts {
  const texts = useContext(TextContext);
  if (texts === null) throw new Error('useText outside of TextProvider');
  return texts;
}
