import { useState } from 'react';
import type { Account, PasswordLink, Session } from '../../../../server/contract/index.ts';
import {
  endSessionsOf,
  getSessionsOf,
  issuePasswordLink,
  removeSecondFactor,
} from '../../../api/accounts.ts';
import { useResource } from '../../../api/use_resource.ts';
import { deviceWords } from '../../../staff/device_words.ts';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { ConfirmDialog } from '../parts/confirm_dialog.tsx';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSay } from '../parts/notice.tsx';
import { LinkOnce } from './link_once.tsx';

const columns = (t: AdminT, language: string): Column<Session>[] => [
  {
    key: 'agent',
    title: t('open_sessions.agent'),
    cell: ({ agent }) => deviceWords(agent) ?? t('open_sessions.unknown'),
  },
  { key: 'address', title: t('open_sessions.address'), cell: ({ address }) => address },
  { key: 'since', title: t('open_sessions.since'), cell: (session) => moment(session.created_at, language) },
  { key: 'seen', title: t('open_sessions.seen'), cell: (session) => moment(session.last_seen_at, language) },
];

type Ask = 'link' | 'factor' | 'sessions';

/** How a person comes in: a new password, the second factor, the sessions that are open. */
export function WaysInPanel(props: { account: Account }) {
  const { t, language } = useAdminText();
  const say = useSay();
  const { account } = props;
  const { id, name, login } = account;
  const [ask, setAsk] = useState<Ask | null>(null);
  const [link, setLink] = useState<PasswordLink | null>(null);
  const [round, setRound] = useState(0);
  const sessions = useResource(`sessions ${id} ${round} ${account.active}`, (signal) =>
    getSessionsOf(id, signal),
  );
  const reload = () => setRound((n) => n + 1);
  const close = () => setAsk(null);
  if (link !== null) return <LinkOnce link={link} name={name} login={login} onDone={() => setLink(null)} />;
  return (
    <section className="card" data-testid="ways-in">
      <h2>{t('ways.title')}</h2>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={!account.active}
          onClick={() => setAsk('link')}
          data-testid="reset-password"
        >
          {t('ways.link')}
        </button>
        <button type="button" className="button" onClick={() => setAsk('factor')} data-testid="remove-factor">
          {t('ways.factor')}
        </button>
      </div>
      <h3>{t('open_sessions.title')}</h3>
      <Loaded of={sessions}>
        {({ sessions: open }) =>
          open.length === 0 ? (
            <p className="quiet" data-testid="no-sessions">
              {t('open_sessions.none')}
            </p>
          ) : (
            <>
              <DataTable
                caption={t('open_sessions.title')}
                columns={columns(t, language)}
                rows={open}
                rowKey={(session) => session.id}
              />
              <button
                type="button"
                className="button danger-quiet"
                onClick={() => setAsk('sessions')}
                data-testid="end-sessions"
              >
                {t('open_sessions.end')}
              </button>
            </>
          )
        }
      </Loaded>
      {ask === 'link' && (
        <ConfirmDialog
          title={t('ways.link_ask', { name })}
          action={t('ways.link')}
          onConfirm={async () => setLink(await issuePasswordLink(id))}
          onClose={close}
        >
          <p>{t('ways.link_text')}</p>
        </ConfirmDialog>
      )}
      {ask === 'factor' && (
        <ConfirmDialog
          title={t('ways.factor_ask', { name })}
          action={t('ways.factor')}
          typed={login}
          onConfirm={async () => {
            await removeSecondFactor(id);
            reload();
            say(t('ways.factor_done', { name }));
          }}
          onClose={close}
        >
          <p>{t('ways.factor_text')}</p>
        </ConfirmDialog>
      )}
      {ask === 'sessions' && (
        <ConfirmDialog
          title={t('open_sessions.end_ask', { name })}
          action={t('open_sessions.end')}
          onConfirm={async () => {
            await endSessionsOf(id);
            reload();
            say(t('open_sessions.ended', { name }));
          }}
          onClose={close}
        >
          <p>{t('open_sessions.end_text')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
