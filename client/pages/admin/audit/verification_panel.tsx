import { useState } from 'react';
import type { SignedHeads, Verification, VerifiedChain } from '../../../../server/contract/index.ts';
import { verifyTrail } from '../../../api/audit.ts';
import { Icon } from '../../../components/icon.tsx';
import { Refusal } from '../../../staff/refusal.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { type Column, DataTable } from '../parts/data_table.tsx';

const WHOLE = '000000';

export const chainName = (chain: { county_code: string; county_name?: string | null }, t: AdminT): string =>
  chain.county_code === WHOLE ? t('chain.whole') : `${chain.county_name ?? ''} ${chain.county_code}`.trim();

const columns = (t: AdminT): Column<VerifiedChain>[] => [
  { key: 'chain', title: t('audit.chain'), cell: (chain) => chainName(chain, t) },
  { key: 'entries', title: t('verify.entries'), cell: ({ entries }) => entries, figure: true },
  {
    key: 'result',
    title: t('verify.result'),
    cell: ({ ok, fault }) =>
      ok ? (
        <span className="tag tag-land">{t('verify.ok')}</span>
      ) : (
        <>
          <span className="tag tag-failed">{t('verify.broken', { seq: fault?.seq ?? '' })}</span>
          <small>{fault?.text}</small>
        </>
      ),
  },
];

/** Computes every chain anew and says where the first link is broken; also against heads that were kept elsewhere. */
export function VerificationPanel() {
  const { t } = useAdminText();
  const task = useTask();
  const [result, setResult] = useState<Verification | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const verify = (heads: SignedHeads | null) => {
    setResult(null);
    return task.run(async () => setResult(await verifyTrail(heads)));
  };
  const verifyKept = async (file: File) => {
    setUnreadable(false);
    try {
      await verify(JSON.parse(await file.text()) as SignedHeads);
    } catch (thrown) {
      if (!(thrown instanceof SyntaxError)) throw thrown;
      setUnreadable(true);
    }
  };
  const broken = result?.chains.filter(({ ok }) => !ok).length ?? 0;
  return (
    <section className="card no-print" data-testid="verification">
      <h2>{t('verify.title')}</h2>
      <p className="quiet">{t('verify.text')}</p>
      <div className="row">
        <button
          type="button"
          className="button primary"
          disabled={task.busy}
          onClick={() => void verify(null)}
          data-testid="verify"
        >
          <Icon name="shield" size={20} /> {t(task.busy ? 'verify.busy' : 'verify.go')}
        </button>
        <input
          type="file"
          id="kept-heads"
          className="hidden-input"
          accept=".json,application/json"
          disabled={task.busy}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file !== undefined) void verifyKept(file);
          }}
        />
        <label htmlFor="kept-heads" className="button">
          <Icon name="upload" size={20} /> {t('verify.kept')}
        </label>
      </div>
      <div role="status" aria-live="polite">
        {task.busy && <progress aria-label={t('verify.busy')} />}
        {result !== null && (
          <p className={result.ok ? 'said' : 'refusal'} data-testid="verified">
            {result.ok
              ? t('verify.all_ok', { chains: result.chains.length, entries: result.entries })
              : t('verify.some_broken', { n: broken })}
          </p>
        )}
      </div>
      {unreadable && (
        <p className="refusal" role="alert">
          {t('verify.unreadable')}
        </p>
      )}
      <Refusal failure={task.failure} />
      {result !== null && (
        <DataTable
          caption={t('verify.title')}
          columns={columns(t)}
          rows={result.chains}
          rowKey={({ county_code }) => county_code}
          marked={({ ok }) => !ok}
          testId="chains"
        />
      )}
    </section>
  );
}
