import { createRoot } from 'react-dom/client';
import { setRequestLanguage } from './api/request.ts';
import { App } from './app.tsx';
import { initialLanguage } from './preferences.ts';
import { loadCatalogue } from './text/messages.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/pages.css';
import './styles/check.css';
import './styles/ways.css';
import './styles/map.css';
import './styles/rules.css';
import './styles/print.css';

const language = initialLanguage();
setRequestLanguage(language);
const catalogue = await loadCatalogue(language);
createRoot(document.getElementById('root')!).render(<App language={language} catalogue={catalogue} />);
