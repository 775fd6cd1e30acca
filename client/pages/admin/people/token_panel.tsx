import { useEffect, useRef, useState } from 'react';
import type { Account, ApiToken, CreatedToken } from '../../../../server/contract/index.ts';
import { getTokens, revokeToken } from '../../../api/accounts.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { ConfirmDialog } from '../parts/confirm_dialog.tsx';
import { CopyBox } from '../parts/copy_box.tsx';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSay } from '../parts/notice.tsx';
import { TokenForm } from './token_form.tsx';

function IssuedToken(props: { token: CreatedToken; onDone(): void }) {
  const { t } = useAdminText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="once" data-testid="token-once">
      <h3 ref={heading} tabIndex={-1}>
        {t('token.issued', { label: props.token.label })}
      </h3>
      <p>{t('token.issued_text')}</p>
      <CopyBox label={t('token.secret')} value={props.token.token} testId="token-secret" />
      <button type="button" className="button primary" onClick={props.onDone} data-testid="token-done">
        {t('link.done')}
      </button>
    </div>
  );
}

type State = 'valid' | 'revoked' | 'expired';
function stateOf({ revoked_at, expires_at }: ApiToken): State {
  if (revoked_at !== null) return 'revoked';
  return new Date(expires_at).getTime() <= Date.now() ? 'expired' : 'valid';
}

const columns = (
  t: AdminT,
  language: string,
  onRevoke: ((token: ApiToken) => void) | null,
): Column<ApiToken>[] => [
  {
    key: 'label',
    title: t('token.label'),
    cell: (token) => (
      <>
        {token.label}{' '}
        <span className={stateOf(token) === 'valid' ? 'tag tag-land' : 'tag'}>
          {t(`token.${stateOf(token)}`)}
        </span>
      </>
    ),
  },
  {
    key: 'rights',
    title: t('token.rights'),
    cell: ({ rights }) => rights.map((right) => t(`right.${right}`)).join(t('list.separator')),
  },
  { key: 'area', title: t('token.area'), cell: ({ division_name }) => division_name },
  { key: 'until', title: t('token.until'), cell: ({ expires_at }) => moment(expires_at, language) },
  {
    key: 'used',
    title: t('token.used'),
    cell: ({ last_used_at }) => (last_used_at === null ? t('people.never') : moment(last_used_at, language)),
  },
  {
    key: 'revoke',
    title: t('token.action'),
    cell: (token) =>
      onRevoke !== null && stateOf(token) === 'valid' ? (
        <button
          type="button"
          className="button danger-quiet"
          aria-label={t('token.revoke_this', { label: token.label })}
          onClick={() => onRevoke(token)}
          data-testid="token-revoke"
        >
          {t('token.revoke')}
        </button>
      ) : null,
  },
];

/** The tokens of programs that work for a person. `manage`: whether they may be issued and revoked. */
export function TokenPanel(props: { account: Account; manage: boolean }) {
  const { t, language } = useAdminText();
  const say = useSay();
  const { account, manage } = props;
  const [round, setRound] = useState(0);
  const [mode, setMode] = useState<'list' | 'form'>('list');
  const [issued, setIssued] = useState<CreatedToken | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const tokens = useResource(`tokens ${account.id} ${round} ${account.active}`, (signal) =>
    getTokens(account.id, signal),
  );
  const reload = () => setRound((n) => n + 1);
  return (
    <section className="card" data-testid="token-panel">
      <h2>{t('token.title')}</h2>
      <p className="quiet">{t('token.text')}</p>
      {issued !== null && <IssuedToken token={issued} onDone={() => setIssued(null)} />}
      <Loaded of={tokens}>
        {({ tokens: all }) =>
          all.length === 0 ? (
            <p>{t('token.none')}</p>
          ) : (
            <DataTable
              caption={t('token.title')}
              columns={columns(t, language, manage ? setRevoking : null)}
              rows={all}
              rowKey={({ id }) => id}
              testId="tokens"
            />
          )
        }
      </Loaded>
      {manage && account.active && mode === 'list' && issued === null && (
        <button type="button" className="button" onClick={() => setMode('form')} data-testid="new-token">
          <Icon name="plus" size={20} /> {t('token.new')}
        </button>
      )}
      {mode === 'form' && (
        <TokenForm
          account={account}
          onCancel={() => setMode('list')}
          onIssued={(token) => {
            setIssued(token);
            setMode('list');
            reload();
          }}
        />
      )}
      {revoking !== null && (
        <ConfirmDialog
          title={t('token.revoke_ask', { label: revoking.label })}
          action={t('token.revoke')}
          typed={revoking.label}
          onConfirm={async () => {
            await revokeToken(revoking.id);
            reload();
            say(t('token.revoke_done', { label: revoking.label }));
          }}
          onClose={() => setRevoking(null)}
        >
          <p>{t('token.revoke_text')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
