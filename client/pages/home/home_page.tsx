import { useCallback, useEffect, useRef, useState } from 'react';
import { villagesNear } from '../../api/near.ts';
import { useResource } from '../../api/use_resource.ts';
import { searchVillages } from '../../api/villages.ts';
import { forgetAll } from '../../check/storage.ts';
import { DemoNotice } from '../../components/demo_notice.tsx';
import { FailureCard } from '../../components/failure_card.tsx';
import { Header } from '../../components/header.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { useText } from '../../text/use_text.tsx';
import { NearVillages } from './near_villages.tsx';
import { SignedIn } from './signed_in.tsx';
import { VillageResults } from './village_results.tsx';

const SHOWN = 30;
const NEAR_SHOWN = 8;
const DEBOUNCE_MS = 200;

/** Pick a village by name, pinyin or code, or by where one stands. */
export function HomePage() {
  const { t, language } = useText();
  useTitle(t('home.document_title'));
  useEffect(forgetAll, []);
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const [position, setPosition] = useState<[number, number] | null>(null);
  const { resource, retry } = useResource(
    `${query} ${position?.join() ?? ''} ${language}`,
    async (signal) => ({
      // an answer keeps its question: a list that is still the old one must not stand under the new heading
      query,
      near: position !== null,
      list: await (position === null
        ? searchVillages(query, SHOWN, signal)
        : villagesNear(position, NEAR_SHOWN, signal)),
    }),
  );
  const goNear = useCallback((here: [number, number]) => {
    setTyped('');
    setQuery('');
    setPosition(here);
  }, []);
  const results = useRef<HTMLUListElement>(null);
  const focusFirst = useCallback(() => results.current?.querySelector('a')?.focus(), []);

  return (
    <div className="page home">
      <Header title={t('home.title')} home />
      <Main className="column">
        <SignedIn />
        <section className="home-lead">
          <h2>{t('home.lead')}</h2>
          <p>{t('home.text')}</p>
        </section>
        <search className="search-box">
          <label htmlFor="village-search">{t('home.search')}</label>
          <div className="search-field">
            <Icon name="search" />
            <input
              id="village-search"
              data-testid="village-search"
              type="search"
              enterKeyHint="search"
              autoComplete="off"
              spellCheck={false}
              placeholder={t('home.placeholder')}
              value={typed}
              onChange={(event) => {
                setPosition(null);
                setTyped(event.target.value);
              }}
              onKeyDown={(event) => {
                if (event.key === 'ArrowDown') {
                  event.preventDefault();
                  focusFirst();
                }
                if (event.key === 'Enter') {
                  setQuery(typed.trim());
                  if (typed.trim() === query) results.current?.querySelector('a')?.click();
                }
              }}
            />
          </div>
          <NearVillages onPosition={goNear} />
        </search>
        {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={retry} />}
        {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
        {resource.state === 'ready' && <VillageResults {...resource.value} listRef={results} />}
        <Link href="/check" className="wide-link" testId="to-file-check">
          <Icon name="file" />
          <span>
            <strong>{t('home.file')}</strong>
            <small>{t('home.file_text')}</small>
          </span>
          <Icon name="next" />
        </Link>
        <Link href="/rules" className="wide-link" testId="to-rules">
          <Icon name="book" />
          <span>
            <strong>{t('rules.all')}</strong>
            <small>{t('rules.subtitle')}</small>
          </span>
          <Icon name="next" />
        </Link>
        <DemoNotice />
      </Main>
    </div>
  );
}
