import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { AccuracyField } from './accuracy_field.tsx';
import type { CheckPanelProps } from './check_panel.tsx';
import { DatumChoice } from './datum_choice.tsx';
import { PutShape } from './put_shape.tsx';
import { ShapeList } from './shape_list.tsx';
import { UploadBox } from './upload_box.tsx';
import { UploadFailure } from './upload_failure.tsx';
import { UploadReport } from './upload_report.tsx';
import { useUpload } from './use_upload.ts';

const WAYS = [
  ['footprint', 'plot'],
  ['stand', 'locate'],
  ['typed', 'keys'],
] as const;

/** Which land: every way to say it, and what has been said. */
export function Where(props: CheckPanelProps) {
  const { t } = useText();
  const { bench, draw, onShowPlace, onWay } = props;
  const { work, step } = bench;
  const upload = useUpload(work.file_datum, work.upload !== null, step);
  const { sending } = upload;
  const put = work.upload === null ? work.shapes[0] : undefined;
  const large = draw === null && work.upload === null && put === undefined;
  const change = put?.source === 'drawn' ? draw?.onStart : put?.source === 'file' ? undefined : put?.source;
  const box = (
    <UploadBox large={large} read={work.upload?.name ?? null} upload={upload} datum={work.file_datum} />
  );
  return (
    <fieldset className="step">
      <legend className="step-title">{t('check.where')}</legend>
      {sending.state === 'failed' && (
        <UploadFailure
          failure={sending.failure}
          file={sending.file}
          onRetry={() => void upload.send(sending.file)}
          onShowPlace={onShowPlace}
        />
      )}
      {put !== undefined && (
        <PutShape
          shape={put}
          ready={put.source !== 'drawn' || draw?.ready === true}
          onChange={change === undefined ? null : typeof change === 'string' ? () => onWay(change) : change}
          onClear={() => step({ do: 'clear_shapes' })}
        />
      )}
      {work.upload !== null && (
        <>
          <UploadReport upload={work.upload} onShowPlace={onShowPlace} />
          <ShapeList
            shapes={work.shapes}
            selected={work.selected}
            onToggle={(id) => step({ do: 'toggle', id })}
            onShow={props.onShow}
          />
          <button
            type="button"
            className="button"
            onClick={() => step({ do: 'clear_shapes' })}
            data-testid="clear-file"
          >
            <Icon name="trash" /> {t('upload.clear')}
          </button>
        </>
      )}
      {large && box}
      <div className="ways">
        {draw !== null && put?.source !== 'drawn' && (
          <button
            type="button"
            className="way-tile"
            disabled={!draw.ready}
            onClick={draw.onStart}
            data-testid="start-drawing"
          >
            <Icon name="pen" /> {t('way.draw')}
          </button>
        )}
        {WAYS.map(([way, icon]) => (
          <button
            key={way}
            type="button"
            className="way-tile"
            onClick={() => onWay(way)}
            data-testid={`way-${way}`}
          >
            <Icon name={icon} /> {t(`way.${way}`)}
          </button>
        ))}
        {!large && box}
      </div>
      <details className="datum-box">
        <summary data-testid="datum-box">
          <span>
            {t('datum.file')}{' '}
            <small>{work.file_datum === null ? t('datum.unsaid') : t(`datum.${work.file_datum}`)}</small>
          </span>
          <Icon name="down" />
        </summary>
        <DatumChoice
          datum={work.file_datum}
          onDatum={(datum) => step({ do: 'set_datum', of: 'file_datum', datum })}
        />
      </details>
      <AccuracyField bench={bench} />
    </fieldset>
  );
}
