import { useResource } from '../../api/use_resource.ts';
import { getVillage } from '../../api/villages.ts';
import { DemoNotice } from '../../components/demo_notice.tsx';
import { FailureCard } from '../../components/failure_card.tsx';
import { Header } from '../../components/header.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { pathText } from '../../text/place_names.ts';
import { useText } from '../../text/use_text.tsx';
import { VillageWorkspace } from './village_workspace.tsx';

/** What a village's code opens: its land, and the answer to "may I?". */
export default function VillagePage(props: { code: string }) {
  const { t, language } = useText();
  const { resource, retry } = useResource(`${props.code} ${language}`, (signal) =>
    getVillage(props.code, signal),
  );
  const village = resource.state === 'ready' ? resource.value : null;
  useTitle(village === null ? t('home.title') : t('village.document_title', { name: village.name }));
  return (
    <div className="page workspace">
      <Header
        title={village?.name ?? ' '}
        {...(village === null ? {} : { subtitle: pathText(village, language) })}
      />
      {village?.demonstration === true && (
        <section aria-label={t('demo.label')}>
          <DemoNotice />
        </section>
      )}
      {resource.state === 'failed' && (
        <Main className="column">
          <FailureCard failure={resource.failure} onRetry={retry} />
        </Main>
      )}
      {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
      {village !== null && <VillageWorkspace village={village} />}
    </div>
  );
}
