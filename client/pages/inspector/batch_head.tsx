import type { BatchDetail, Job, UploadAnswer } from '../../../server/contract/index.ts';
import { batchExport } from '../../api/batches.ts';
import { Icon } from '../../components/icon.tsx';
import { isActive } from '../../inspector/progress.ts';
import { day, moment } from '../../text/format.ts';
import { BatchProgress } from './batch_progress.tsx';
import { DeleteBatch } from './delete_batch.tsx';
import { useInspectorText } from './inspector_text.ts';

const FORMATS = ['xlsx', 'csv', 'geojson'] as const;
const FIGURES = ['shapes', 'affected', 'failed', 'remarks'] as const;

/** What a batch is, how far it is, what came of it in figures, and its files. */
export function BatchHead(props: { batch: BatchDetail; job: Job | null; onChanged(): void }) {
  const { t, language } = useInspectorText();
  const { batch } = props;
  return (
    <section className="card batch-head" aria-label={t('batch.about')} data-testid="batch-head">
      <p className="quiet">
        {[
          moment(batch.created_at, language),
          t(batch.mine ? 'batch.mine' : 'batch.of_colleague'),
          t('batch.as_of', { day: day(batch.as_of) }),
        ].join(' · ')}
      </p>
      <BatchProgress batch={batch} job={props.job} onChanged={props.onChanged} />
      <dl className="batch-figures">
        {FIGURES.map((figure) => (
          <div key={figure} className={`batch-figure figure-${figure}`}>
            <dt>{t(`figure.${figure}`)}</dt>
            <dd data-testid={`count-${figure}`}>{batch.counts[figure]}</dd>
          </div>
        ))}
      </dl>
      <div className="row no-print">
        {FORMATS.map((format) => (
          <a
            key={format}
            className="button"
            href={batchExport(batch.id, format)}
            download
            data-testid={`export-${format}`}
          >
            <Icon name="download" size={20} /> {t(`export.${format}`)}
          </a>
        ))}
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" size={20} /> {t('batch.print')}
        </button>
        {batch.mine && <DeleteBatch batch={batch} />}
      </div>
      {isActive(batch.status) && <p className="quiet">{t('export.partly')}</p>}
      <details>
        <summary>
          {t('batch.basis')} <Icon name="down" size={20} />
        </summary>
        <dl className="fact-list">
          <div>
            <dt>{t('basis.format')}</dt>
            <dd>{t(`format.${batch.format as UploadAnswer['format']}`)}</dd>
          </div>
          <div>
            <dt>{t('basis.crs')}</dt>
            <dd>
              {batch.crs.name} <span className="quiet">{batch.crs.id}</span>
              <small>{batch.crs.how}</small>
            </dd>
          </div>
          {batch.layers.map(({ layer, title }) => (
            <div key={layer}>
              <dt>{title}</dt>
              <dd>
                {batch.versions
                  .filter((version) => version.layer === layer)
                  .map(({ id, label, county, in_force_from }) => (
                    <div key={id}>
                      {label} · {county} · {day(in_force_from)}
                    </div>
                  ))}
                {batch.versions.every((version) => version.layer !== layer) && t('basis.no_version')}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
