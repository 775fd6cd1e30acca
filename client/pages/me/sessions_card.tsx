import { useState } from 'react';
import type { Session } from '../../../server/contract/index.ts';
import { endSession, getSessions } from '../../api/me.ts';
import { useResource } from '../../api/use_resource.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Icon } from '../../components/icon.tsx';
import { deviceWords } from '../../staff/device_words.ts';
import { Refusal } from '../../staff/refusal.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';
import { moment } from '../../text/format.ts';

/** Where one is signed in; each can be ended but this one, which signing out ends. */
export function SessionsCard() {
  const { t, language } = useStaffText();
  const [changed, setChanged] = useState(0);
  const [said, setSaid] = useState('');
  const { resource, retry } = useResource(`sessions ${changed}`, getSessions);
  const task = useTask();
  const sessions = resource.state === 'ready' ? resource.value.sessions : [];
  const others = sessions.filter(({ current }) => !current);
  const end = async (ended: readonly Session[]) => {
    const done = await task.run(async () => {
      for (const { id } of ended) await endSession(id);
    });
    setChanged((n) => n + 1);
    setSaid(done ? t('sessions.ended', { n: ended.length }) : '');
  };
  return (
    <section className="card" aria-labelledby="sessions" data-testid="sessions">
      <h2 id="sessions">{t('sessions.title')}</h2>
      <p className="quiet">{t('sessions.text')}</p>
      {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
      {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={retry} />}
      <ul className="rows">
        {sessions.map((session) => (
          <li key={session.id} data-testid="session">
            <Icon name="device" />
            <div>
              <strong>{deviceWords(session.agent) ?? t('sessions.unknown_device')}</strong>{' '}
              {session.current && <span className="tag tag-land">{t('sessions.this')}</span>}
              <small>
                {t('sessions.seen', { at: moment(session.last_seen_at, language), address: session.address })}
              </small>
              <small>
                {t('sessions.times', {
                  from: moment(session.created_at, language),
                  until: moment(session.expires_at, language),
                })}
              </small>
            </div>
            {!session.current && (
              <button
                type="button"
                className="button"
                disabled={task.busy}
                onClick={() => end([session])}
                data-testid="end-session"
              >
                {t('sessions.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refusal failure={task.failure} />
      <p role="status" className={said === '' ? '' : 'said'} data-testid="sessions-said">
        {said}
      </p>
      {others.length > 1 && (
        <button
          type="button"
          className="button"
          disabled={task.busy}
          onClick={() => end(others)}
          data-testid="end-others"
        >
          {t('sessions.end_others', { n: others.length })}
        </button>
      )}
    </section>
  );
}
