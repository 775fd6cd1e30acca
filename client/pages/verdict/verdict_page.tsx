import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CheckAnswer } from '../../../server/contract/index.ts';
import { getCheck } from '../../api/checks.ts';
import { useResource } from '../../api/use_resource.ts';
import { getVillageMap } from '../../api/villages.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Header } from '../../components/header.tsx';
import { landOf } from '../../components/land_of.ts';
import { Link } from '../../components/link.tsx';
import { Main } from '../../components/main.tsx';
import { ShapesMap } from '../../components/shapes_map.tsx';
import { useLegend } from '../../components/use_legend.ts';
import { useTitle } from '../../components/use_title.ts';
import { boundsOf } from '../../map/bounds.ts';
import type { MapControls, MapShape } from '../../map/types.ts';
import { day, moment } from '../../text/format.ts';
import { useText } from '../../text/use_text.tsx';
import { ClearPlacePanel } from '../../verdict/clear_place_panel.tsx';
import type { FoundPlace } from '../../verdict/clear_place_question.ts';
import { VerdictCard } from '../../verdict/verdict_card.tsx';
import { DeleteCheck } from './delete_check.tsx';
import { DeletedCard } from './deleted_card.tsx';

/** A house plot is personal data: keeps search engines from the page while it is shown. */
function useNoIndex(): void {
  useEffect(() => {
    const meta = document.createElement('meta');
    meta.name = 'robots';
    meta.content = 'noindex, nofollow';
    document.head.append(meta);
    return () => meta.remove();
  }, []);
}

function Verdict(props: { answer: CheckAnswer; onDeleted: () => void }) {
  const { t, language } = useText();
  const { answer } = props;
  const legend = useLegend();
  const village = answer.village?.code ?? null;
  const around = useResource(`${village} ${language}`, async (signal) =>
    village === null ? null : landOf(await getVillageMap(village, signal)),
  );
  const land = around.resource.state === 'ready' && legend.classes.length > 0 ? around.resource.value : null;
  const [place, setPlace] = useState<FoundPlace | null>(null);
  const map = useRef<MapControls | null>(null);
  const takeMap = useCallback((controls: MapControls | null) => {
    map.current = controls;
  }, []);
  const shapes = useMemo<MapShape[]>(() => {
    const asked: MapShape = { id: answer.id, geometry: answer.geometry, tone: answer.outcome };
    return place === null ? [asked] : [asked, { id: 'place', geometry: place.geometry, tone: place.outcome }];
  }, [answer, place]);
  useEffect(() => {
    const bounds = place === null ? null : boundsOf(shapes.map(({ geometry }) => geometry));
    if (bounds !== null) map.current?.fit(bounds);
  }, [place, shapes]);
  return (
    <div className="split verdict-split">
      <ShapesMap
        key={land === null ? 'paper' : 'land'}
        shapes={shapes}
        land={land}
        legend={legend}
        marker={null}
        onControls={takeMap}
      />
      <Main className="panel">
        <p className="dated" data-testid="dated">
          {t('verdict.dated', { created: moment(answer.created_at, language), as_of: day(answer.as_of) })}
        </p>
        {answer.village !== null && (
          <p>
            <Link href={`/v/${answer.village.code}`}>
              {[...answer.village.path, answer.village.name].join(' › ')}
            </Link>
          </p>
        )}
        <VerdictCard
          answer={answer}
          zoneColours={legend.colours.zones}
          classColours={legend.colours.classes}
          opened
        >
          <ClearPlacePanel answer={answer} onPlace={setPlace} />
        </VerdictCard>
        <DeleteCheck id={answer.id} onDeleted={props.onDeleted} />
      </Main>
    </div>
  );
}

/** A verdict at its address: the same answer later. */
export default function VerdictPage(props: { id: string }) {
  const { t, language } = useText();
  useTitle(t('verdict.document_title'));
  useNoIndex();
  const [deleted, setDeleted] = useState(false);
  const { resource, retry } = useResource(`${props.id} ${language}`, (signal) => getCheck(props.id, signal));
  if (deleted) return <DeletedCard />;
  return (
    <div className="page workspace">
      <Header title={t('verdict.title')} />
      {resource.state === 'failed' && (
        <Main className="column">
          <FailureCard failure={resource.failure} onRetry={retry} />
        </Main>
      )}
      {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
      {resource.state === 'ready' && (
        <Verdict key={resource.value.id} answer={resource.value} onDeleted={() => setDeleted(true)} />
      )}
    </div>
  );
}
