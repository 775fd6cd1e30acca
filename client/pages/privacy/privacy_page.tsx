import type { PrivacyStatement } from '../../../server/contract/index.ts';
import { getPrivacy } from '../../api/privacy.ts';
import { useResource } from '../../api/use_resource.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Header } from '../../components/header.tsx';
import { Icon } from '../../components/icon.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { useText } from '../../text/use_text.tsx';
import { LegalBases } from './legal_bases.tsx';

function Statement({ statement }: { statement: PrivacyStatement }) {
  const { t } = useText();
  return (
    <>
      <p>{statement.intro}</p>
      <div className="row rule-count">
        <p className="quiet">{t('privacy.updated', { day: statement.updated })}</p>
        <button type="button" className="button no-print" onClick={() => window.print()}>
          <Icon name="print" /> {t('share.print')}
        </button>
      </div>
      <h2>{t('privacy.rights')}</h2>
      {statement.rights.map((right) => (
        <section key={right.key} className="card" aria-labelledby={`right-${right.key}`}>
          <h3 id={`right-${right.key}`}>{right.title}</h3>
          <p>{right.how}</p>
          <LegalBases bases={right.legal_basis} />
        </section>
      ))}
      <h2>{t('privacy.kept')}</h2>
      {statement.records.map((record) => (
        <section
          key={record.key}
          className="card"
          aria-labelledby={`kept-${record.key}`}
          data-testid="kept-record"
        >
          <h3 id={`kept-${record.key}`}>{record.title}</h3>
          <dl className="kept">
            <dt>{t('privacy.of_whom')}</dt>
            <dd>{record.of_whom}</dd>
            <dt>{t('privacy.what')}</dt>
            <dd>{record.what}</dd>
            <dt>{t('privacy.why')}</dt>
            <dd>{record.why}</dd>
            <dt>{t('privacy.how_long')}</dt>
            <dd>
              <strong>{record.keep.text}</strong>
            </dd>
          </dl>
          <LegalBases bases={record.legal_basis} />
        </section>
      ))}
      <section className="card" aria-labelledby="not-kept">
        <h2 id="not-kept">{t('privacy.not_kept')}</h2>
        <ul className="not-kept">
          {statement.not_kept.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** What is kept of a person, for whoever wants to know before they use this. */
export default function PrivacyPage() {
  const { t, language } = useText();
  useTitle(t('privacy.document_title'));
  const { resource, retry } = useResource(`privacy ${language}`, getPrivacy);
  return (
    <div className="page">
      <Header title={t('privacy.title')} subtitle={t('privacy.subtitle')} />
      <Main className="column">
        {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={retry} />}
        {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
        {resource.state === 'ready' && <Statement statement={resource.value} />}
      </Main>
    </div>
  );
}
