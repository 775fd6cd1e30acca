import { type ReactNode, useEffect, useRef } from 'react';
import { navigate, takeArrival } from '../route.ts';
import { useText } from '../text/use_text.tsx';
import { Icon } from './icon.tsx';
import { usePreferences } from './preferences_context.tsx';

/** Name of the page, the way home, and the two switches: large type and language. */
export function Header(props: { title: ReactNode; subtitle?: string; home?: boolean }) {
  const { t, language, setLanguage } = useText();
  const { large, setLarge } = usePreferences();
  const heading = useRef<HTMLHeadingElement>(null);
  const named = typeof props.title !== 'string' || props.title.trim() !== '';
  useEffect(() => {
    // who came by a link must hear where they are: a page change without a load tells a screen reader nothing
    if (named && takeArrival()) heading.current?.focus({ preventScroll: true });
  }, [named]);
  return (
    <header className="header">
      <a className="skip" href="#main">
        {t('header.skip')}
      </a>
      {props.home === true ? null : (
        <a
          className="icon-button"
          href="/"
          aria-label={t('header.home')}
          onClick={(event) => {
            event.preventDefault();
            navigate('/');
          }}
        >
          <Icon name="back" />
        </a>
      )}
      <div className="header-title">
        <h1 ref={heading} tabIndex={-1} data-testid="page-title">
          {props.title}
        </h1>
        {props.subtitle !== undefined && <p>{props.subtitle}</p>}
      </div>
      <button
        type="button"
        className="switch"
        aria-pressed={large}
        onClick={() => setLarge(!large)}
        data-testid="large-type"
      >
        {t('header.large_type')}
      </button>
      <button
        type="button"
        className="switch"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        data-testid="language"
      >
        {t('header.other_language')}
      </button>
    </header>
  );
}
