import { useRef } from 'react';
import type { ProposalFormat } from '../../../server/contract/index.ts';
import { exportProposal } from '../../api/overlays.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Icon } from '../../components/icon.tsx';
import type { Proposal } from '../../planner/proposal.ts';
import { useTask } from '../../staff/use_task.ts';
import { saveFile } from '../admin/parts/save_file.ts';
import { usePlannerText } from './planner_text.ts';

const FORMATS: readonly ProposalFormat[] = ['xlsx', 'csv', 'geojson'];

/** What the server makes of the proposal as a file; it computes everything anew. */
export function Downloads({ proposal }: { proposal: Proposal }) {
  const { t } = usePlannerText();
  const task = useTask();
  const last = useRef<ProposalFormat>('xlsx');
  const fetchFile = (format: ProposalFormat) => {
    last.current = format;
    const { title, parcels, as_of, accuracy_m, activity, details } = proposal;
    return task.run(async () => {
      const content = await exportProposal(
        {
          title,
          parcels: parcels.map(({ name, geometry, datum }) => ({
            name,
            geometry,
            ...(datum === null ? {} : { datum }),
          })),
          ...(as_of === null ? {} : { as_of }),
          ...(accuracy_m === null ? {} : { accuracy_m }),
          ...(activity === null ? {} : { activity, details }),
        },
        format,
        new AbortController().signal,
      );
      saveFile(
        `${title.trim().replace(/[\\/:*?"<>|\s]+/g, '_') || t('planner.untitled')}.${format}`,
        content,
      );
    });
  };
  return (
    <section className="card planner-section no-print" aria-labelledby="download-title">
      <h2 id="download-title">{t('planner.download')}</h2>
      <div className="row">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className={`button ${format === 'xlsx' ? 'primary' : ''}`}
            disabled={task.busy}
            onClick={() => void fetchFile(format)}
            data-testid={`download-${format}`}
          >
            <Icon name="download" /> {t(`planner.download.${format}`)}
          </button>
        ))}
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" /> {t('planner.print')}
        </button>
      </div>
      <p role="status">{task.busy ? t('planner.download_busy') : ''}</p>
      {task.failure !== null && (
        <FailureCard failure={task.failure} onRetry={() => void fetchFile(last.current)} />
      )}
    </section>
  );
}
