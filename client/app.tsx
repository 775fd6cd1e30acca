import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { setRequestLanguage } from './api/request.ts';
import { LoadBoundary } from './components/load_failed.tsx';
import { PreferencesProvider } from './components/preferences_context.tsx';
import { Preparing } from './components/preparing.tsx';
import { HomePage } from './pages/home/home_page.tsx';
import { NotFoundPage } from './pages/not_found/not_found_page.tsx';
import { initialLargeType, rememberLanguage, rememberLargeType } from './preferences.ts';
import { parseRoute, usePath } from './route.ts';
import { type Catalogue, type Language, loadCatalogue } from './text/messages.ts';
import { TextProvider } from './text/use_text.tsx';

const VillagePage = lazy(() => import('./pages/village/village_page.tsx'));
const VerdictPage = lazy(() => import('./pages/verdict/verdict_page.tsx'));
const FilePage = lazy(() => import('./pages/file/file_page.tsx'));
const StaffPages = lazy(() => import('./staff_pages.tsx'));
const PrivacyPage = lazy(() => import('./pages/privacy/privacy_page.tsx'));
const RulesPage = lazy(() => import('./pages/rules/rules_page.tsx'));

function Page() {
  const route = parseRoute(usePath());
  switch (route.page) {
    case 'village':
      return <VillagePage key={route.code} code={route.code} />;
    case 'verdict':
      return <VerdictPage key={route.id} id={route.id} />;
    case 'file':
      return <FilePage />;
    case 'rules':
      return <RulesPage />;
    case 'privacy':
      return <PrivacyPage />;
    case 'sign_in':
    case 'setup':
    case 'set_password':
    case 'me':
    case 'planner':
    case 'inspector':
    case 'admin':
      return <StaffPages route={route} />;
    case 'home':
      return <HomePage />;
    default:
      return <NotFoundPage />;
  }
}

export function App(props: { language: Language; catalogue: Catalogue }) {
  const [texts, setTexts] = useState(props);
  const [large, setLargeState] = useState(initialLargeType);

  const setLanguage = useCallback(async (language: Language) => {
    const catalogue = await loadCatalogue(language);
    setRequestLanguage(language);
    rememberLanguage(language);
    setTexts({ language, catalogue });
  }, []);
  const setLarge = useCallback((next: boolean) => {
    rememberLargeType(next);
    setLargeState(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = texts.language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.classList.toggle('large', large);
  }, [texts.language, large]);

  const preferences = useMemo(() => ({ large, setLarge }), [large, setLarge]);
  return (
    <TextProvider language={texts.language} catalogue={texts.catalogue} setLanguage={setLanguage}>
      <PreferencesProvider value={preferences}>
        <LoadBoundary>
          <Suspense fallback={<div className="page-loading" aria-busy="true" />}>
            <Page />
          </Suspense>
        </LoadBoundary>
        <Preparing />
      </PreferencesProvider>
    </TextProvider>
  );
}
