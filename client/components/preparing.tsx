import { useEffect, useState } from 'react';
import { getReadiness, type Readiness } from '../api/readiness.ts';
import { onStarting } from '../api/request.ts';
import { useText } from '../text/use_text.tsx';

const POLL_MS = 1000;

/** Covers the page while the server starts, and goes away by itself; the page below keeps what was entered. */
export function Preparing() {
  const { t, language } = useText();
  const [waiting, setWaiting] = useState(false);
  const [readiness, setReadiness] = useState<Readiness | null>(null);

  useEffect(() => onStarting(() => setWaiting(true)), []);
  useEffect(() => {
    if (!waiting) return;
    let ended = false;
    let timer: ReturnType<typeof setTimeout>;
    const poll = async () => {
      const next = await getReadiness(language);
      if (ended) return;
      setReadiness(next);
      if (next.state === 'ready') {
        setWaiting(false);
        window.dispatchEvent(new Event('cunma:ready'));
        return;
      }
      timer = setTimeout(poll, POLL_MS);
    };
    void poll();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [waiting, language]);

  if (!waiting) return null;
  const starting = readiness?.state === 'starting' ? readiness : null;
  const step = starting?.step ?? null;
  const words =
    readiness?.state === 'unreachable'
      ? t('preparing.unreachable')
      : step === null
        ? ''
        : t(`preparing.step.${step}`);
  const known = starting !== null && starting.total > 0;
  return (
    <div className="preparing" data-testid="preparing" role="status" aria-live="polite">
      <div className="preparing-card">
        <p className="preparing-mark" aria-hidden="true">
          村码
        </p>
        <h1>{t('preparing.title')}</h1>
        <p>{t('preparing.text')}</p>
        <progress
          aria-label={t('preparing.title')}
          {...(known ? { value: starting.done, max: starting.total } : {})}
        />
        <p className="preparing-step">
          {words}
          {known ? ` ${Math.round((starting.done / starting.total) * 100)}%` : ''}
        </p>
      </div>
    </div>
  );
}
