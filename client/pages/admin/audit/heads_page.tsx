import type { ChainHead, SignedHeads } from '../../../../server/contract/index.ts';
import { getHeads } from '../../../api/audit.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { saveFile } from '../parts/save_file.ts';
import { useDivisionName } from '../parts/use_division_name.ts';
import { chainName } from './verification_panel.tsx';

const columns = (t: AdminT): Column<ChainHead>[] => [
  { key: 'chain', title: t('audit.chain'), cell: ({ county_code }) => <ChainName code={county_code} /> },
  { key: 'seq', title: t('heads.seq'), cell: ({ seq }) => seq, figure: true },
  { key: 'hash', title: t('audit.hash'), cell: ({ hash }) => <code>{hash}</code> },
];

/** A chain by the name of its county, which the signed document does not hold. */
function ChainName({ code }: { code: string }) {
  const { t } = useAdminText();
  const county = useDivisionName(code);
  return chainName({ county_code: code, county_name: county?.name ?? null }, t);
}

function Sheet({ heads }: { heads: SignedHeads }) {
  const { t, language } = useAdminText();
  const { document: signed } = heads;
  if (signed.heads.length === 0) return <Empty title={t('heads.empty')} hint={t('heads.empty_hint')} />;
  const save = () =>
    saveFile(
      `cunma-audit-heads-${signed.at.slice(0, 10)}.json`,
      new Blob([JSON.stringify(heads, null, 2)], { type: 'application/json' }),
    );
  return (
    <>
      <div className="row no-print">
        <button type="button" className="button primary" onClick={() => window.print()}>
          <Icon name="print" size={20} /> {t('share.print')}
        </button>
        <button type="button" className="button" onClick={save} data-testid="save-heads">
          <Icon name="download" size={20} /> {t('heads.save')}
        </button>
      </div>
      <article className="card heads-sheet" data-testid="heads">
        <h2>{t('heads.sheet')}</h2>
        <dl className="fact-list">
          <div>
            <dt>{t('heads.at')}</dt>
            <dd>
              {moment(signed.at, language)} <small>{signed.at}</small>
            </dd>
          </div>
          <div>
            <dt>{t('heads.fingerprint')}</dt>
            <dd>
              <code>{signed.fingerprint}</code>
            </dd>
          </div>
        </dl>
        <DataTable
          caption={t('heads.sheet')}
          columns={columns(t)}
          rows={signed.heads}
          rowKey={({ county_code }) => county_code}
        />
        <dl className="fact-list">
          <div>
            <dt>{t('heads.signature')}</dt>
            <dd>
              <code>{heads.signature}</code>
            </dd>
          </div>
          <div>
            <dt>{t('heads.key')}</dt>
            <dd>
              <code>{heads.public_key.replaceAll('\n', ' ')}</code>
            </dd>
          </div>
        </dl>
        <div className="sign-lines">
          {(['printed_by', 'kept_by', 'day'] as const).map((line) => (
            <p key={line}>{t(`heads.${line}`)}</p>
          ))}
        </div>
      </article>
    </>
  );
}

/** The heads of the chains, signed, on a sheet of paper: what is kept elsewhere shows later that nothing was rewritten. */
export function HeadsPage() {
  const { t } = useAdminText();
  const heads = useResource('heads', getHeads);
  return (
    <>
      <Link href="/admin/audit" className="back-link no-print">
        <Icon name="back" size={20} /> {t('heads.back')}
      </Link>
      <p className="no-print">{t('heads.lead')}</p>
      <Loaded of={heads}>{(value) => <Sheet heads={value} />}</Loaded>
    </>
  );
}
