import { useState } from 'react';
import type { TrailEntry } from '../../../server/contract/index.ts';
import { getOwnTrail } from '../../api/me.ts';
import { useResource } from '../../api/use_resource.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { actionWords } from '../../staff/action_words.ts';
import { Refusal } from '../../staff/refusal.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';
import { moment } from '../../text/format.ts';

const AT_FIRST = 5;
const MORE = 50;

/** What one did, as the trail keeps it; one can read it and nobody can change it. */
export function TrailCard() {
  const { t, language } = useStaffText();
  const { resource, retry } = useResource('trail', (signal) => getOwnTrail(null, AT_FIRST, signal));
  const [further, setFurther] = useState<TrailEntry[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const task = useTask();
  const page = resource.state === 'ready' ? resource.value : null;
  const following = next === undefined ? (page?.next ?? null) : next;
  const entries = [...(page?.entries ?? []), ...further];
  const more = () =>
    task.run(async () => {
      const got = await getOwnTrail(following, MORE);
      setFurther([...further, ...got.entries]);
      setNext(got.next);
    });
  return (
    <section className="card" aria-labelledby="trail" data-testid="trail">
      <h2 id="trail">{t('trail.title')}</h2>
      <p className="quiet">{t('trail.text')}</p>
      {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
      {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={retry} />}
      {page !== null && entries.length === 0 && <p>{t('trail.none')}</p>}
      <ul className="rows">
        {entries.map((entry) => (
          <li key={`${entry.county_code} ${entry.seq}`} data-testid="trail-entry">
            <div>
              <strong>{actionWords(entry.action, t)}</strong>
              <small>
                {[moment(entry.at, language), entry.division_name ?? '', entry.address ?? '']
                  .filter((part) => part !== '')
                  .join(' · ')}
              </small>
            </div>
          </li>
        ))}
      </ul>
      <Refusal failure={task.failure} />
      {following !== null && (
        <button type="button" className="button" disabled={task.busy} onClick={more} data-testid="trail-more">
          {t('trail.more')}
        </button>
      )}
    </section>
  );
}
