import { DatumChoice } from '../../check/datum_choice.tsx';
import { UploadBox } from '../../check/upload_box.tsx';
import { UploadFailure } from '../../check/upload_failure.tsx';
import { UploadReport } from '../../check/upload_report.tsx';
import { Icon } from '../../components/icon.tsx';
import { usePlannerText } from './planner_text.ts';
import type { Entry } from './use_entry.ts';

/** The ways to add a parcel, and what was noticed in the file that was read last. */
export function AddParcels(props: {
  entry: Entry;
  empty: boolean;
  /** null: there is no map to draw on */
  onDraw: (() => void) | null;
  onShowPlace: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = usePlannerText();
  const { bench, ways, upload, report, forgetReport } = props.entry;
  const { sending } = upload;
  const { file_datum } = bench.work;
  return (
    <section className="card planner-add no-print" aria-label={t('planner.add')}>
      {props.empty && (
        <div className="planner-teach" data-testid="planner-empty">
          <h2>{t('planner.empty.title')}</h2>
          <ol>
            <li>{t('planner.empty.add')}</li>
            <li>{t('planner.empty.ask')}</li>
            <li>{t('planner.empty.read')}</li>
          </ol>
        </div>
      )}
      {!props.empty && <h2>{t('planner.add')}</h2>}
      <div className="ways">
        <UploadBox large={false} read={null} upload={upload} datum={file_datum} />
        {props.onDraw !== null && (
          <button type="button" className="way-tile" onClick={props.onDraw} data-testid="start-drawing">
            <Icon name="pen" /> {t('way.draw')}
          </button>
        )}
        <button type="button" className="way-tile" onClick={() => ways.open('typed')} data-testid="way-typed">
          <Icon name="keys" /> {t('way.typed')}
        </button>
        <button
          type="button"
          className="way-tile"
          onClick={() => ways.open('footprint')}
          data-testid="way-footprint"
        >
          <Icon name="plot" /> {t('way.footprint')}
        </button>
      </div>
      <p className="quiet">{t('planner.formats')}</p>
      <details className="datum-box">
        <summary>
          <span>
            {t('datum.file')}{' '}
            <small>{file_datum === null ? t('datum.unsaid') : t(`datum.${file_datum}`)}</small>
          </span>
          <Icon name="down" />
        </summary>
        <DatumChoice
          datum={file_datum}
          onDatum={(datum) => bench.step({ do: 'set_datum', of: 'file_datum', datum })}
        />
      </details>
      {sending.state === 'failed' && (
        <UploadFailure
          failure={sending.failure}
          file={sending.file}
          onRetry={() => void upload.send(sending.file)}
          onShowPlace={props.onShowPlace}
        />
      )}
      {report !== null && (
        <details
          className="planner-report"
          open={report.answer.notes.some(({ severity }) => severity !== 'info')}
        >
          <summary>
            {t('planner.report', { file: report.name, n: report.answer.notes.length })} <Icon name="down" />
          </summary>
          <UploadReport upload={report} onShowPlace={props.onShowPlace} />
          <button type="button" className="button" onClick={forgetReport}>
            <Icon name="close" /> {t('planner.report_close')}
          </button>
        </details>
      )}
    </section>
  );
}
