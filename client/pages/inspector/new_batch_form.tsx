import { type FormEvent, useId, useState } from 'react';
import type { Datum, NewBatch } from '../../../server/contract/index.ts';
import { DatumChoice } from '../../check/datum_choice.tsx';
import { FailureCard } from '../../components/failure_card.tsx';
import { Icon } from '../../components/icon.tsx';
import { batchTitle } from '../../inspector/batch_title.ts';
import { areasOf } from '../../staff/rights.ts';
import { useMe } from '../../staff/session.tsx';
import { chinaDay, FIRST_DAY, isAskable } from '../../text/china_day.ts';
import { ChoiceField, TextField } from '../admin/parts/fields.tsx';
import { useInspectorText } from './inspector_text.ts';
import { useNewBatch } from './use_new_batch.ts';

const LONGEST_TITLE = 200;

/** What is said of a file before it is sent, and how far it has been sent. */
export function NewBatchForm(props: { file: File; onDone(batch: NewBatch): void; onCancel(): void }) {
  const { t } = useInspectorText();
  const me = useMe();
  const id = useId();
  const { file } = props;
  const areas = areasOf(me, 'overlays.run');
  const [title, setTitle] = useState(() => batchTitle(file.name));
  const [as_of, setAsOf] = useState('');
  const [datum, setDatum] = useState<Datum | null>(null);
  const [area, setArea] = useState('');
  const { sending, send, stop } = useNewBatch(props.onDone);
  const today = chinaDay(new Date());
  const dayWrong = !isAskable(as_of === '' ? null : as_of, today);
  const busy = sending.state === 'sending';
  const submit = () =>
    void send(file, {
      title: title.trim(),
      as_of,
      datum,
      division_code: area === '' ? null : area,
    });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!dayWrong) submit();
  };
  const nameOf = (code: string) =>
    me.assignments.find(({ division_code }) => division_code === code)?.division_name ?? code;
  return (
    <form className="card form" onSubmit={onSubmit} aria-labelledby={`${id}-title`} data-testid="new-batch">
      <h2 id={`${id}-title`}>{t('new.title')}</h2>
      <p className="batch-file">
        <Icon name="file" /> <span>{file.name}</span>
      </p>
      <TextField
        label={t('new.name')}
        hint={t('new.name_hint')}
        value={title}
        onChange={setTitle}
        maxLength={LONGEST_TITLE}
        testId="batch-title"
      />
      {areas.length > 1 && (
        <ChoiceField
          label={t('new.area')}
          value={area}
          any={t('new.area_any')}
          options={areas.map((value) => ({ value, title: nameOf(value) }))}
          onChange={setArea}
          testId="batch-area"
        />
      )}
      <details>
        <summary data-testid="batch-more">
          {t('new.more')} <Icon name="down" size={20} />
        </summary>
        <div className="form batch-more">
          <TextField
            label={t('new.as_of')}
            hint={t('new.as_of_hint')}
            fault={dayWrong ? t('new.as_of_wrong', { first: FIRST_DAY, today }) : null}
            type="date"
            value={as_of}
            onChange={setAsOf}
            testId="batch-as-of"
          />
          <DatumChoice datum={datum} onDatum={setDatum} />
        </div>
      </details>
      {sending.state === 'failed' && (
        <div className="form" data-testid="batch-failed">
          <p>{t('new.failed', { file: file.name })}</p>
          <FailureCard failure={sending.failure} onRetry={submit} />
          {sending.failure.kind === 'network' && <p className="quiet">{t('new.again')}</p>}
        </div>
      )}
      {busy && (
        <div role="status">
          <p>{t(sending.share < 1 ? 'new.sending' : 'new.reading')}</p>
          <progress
            aria-label={t('new.sending')}
            {...(sending.share < 1 ? { value: sending.share, max: 1 } : {})}
          />
        </div>
      )}
      <div className="row">
        <button type="submit" className="button primary" disabled={busy || dayWrong} data-testid="send-batch">
          <Icon name="upload" size={20} /> {t(busy ? 'new.busy' : 'new.send')}
        </button>
        <button
          type="button"
          className="button"
          onClick={busy ? stop : props.onCancel}
          data-testid="batch-stop"
        >
          {t(busy ? 'new.stop' : 'new.cancel')}
        </button>
      </div>
    </form>
  );
}
