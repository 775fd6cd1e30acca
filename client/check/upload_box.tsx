import { type RefObject, useEffect, useId, useState } from 'react';
import type { Datum } from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { postUpload } from '../api/uploads.ts';
import { failureOf } from '../api/use_resource.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { useFileDrop } from '../components/use_file_drop.ts';
import { useText } from '../text/use_text.tsx';
import { uploadedShapes } from './shapes.ts';
import type { Step } from './workspace.ts';

/** A file as it was sent. */
export interface Sent {
  file: File;
  datum: Datum | null;
}

type Sending =
  | { state: 'idle' }
  | { state: 'sending'; share: number }
  | { state: 'failed'; failure: Failure; file: File };

/** Takes a file by button or by drag and drop, sends it, and puts what was read on the work table. */
export function UploadBox(props: {
  large: boolean;
  /** the file that has been read already */
  read: string | null;
  /** the file that was sent last: kept outside, since the box moves on the page once a file has been read */
  last: RefObject<Sent | null>;
  /** where its coordinates come from; null: as the file states */
  datum: Datum | null;
  onStep(step: Step): void;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = useText();
  const id = useId();
  const [sending, setSending] = useState<Sending>({ state: 'idle' });

  const { datum, last } = props;

  const send = async (file: File) => {
    last.current = { file, datum };
    setSending({ state: 'sending', share: 0 });
    try {
      const answer = await postUpload(file, (share) => setSending({ state: 'sending', share }), datum);
      props.onStep({ do: 'put_file', name: file.name, answer, shapes: uploadedShapes(answer) });
      setSending({ state: 'idle' });
    } catch (thrown) {
      setSending({ state: 'failed', failure: failureOf(thrown), file });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another origin of the same file means another place
  useEffect(() => {
    const sent = last.current;
    if (sent !== null && sent.file.name === props.read && sent.datum !== datum) void send(sent.file);
  }, [datum]);
  const over = useFileDrop((file) => void send(file));
  const failed = sending.state === 'failed' ? sending : null;
  const position = failed?.failure.kind === 'problem' ? failed.failure.problem.where?.position : undefined;
  return (
    <>
      <div className={`upload ${props.large ? 'upload-large' : ''} ${over ? 'is-over' : ''}`}>
        <input
          id={id}
          className="hidden-input"
          type="file"
          accept=".txt,.zip,.json,.geojson,.kml,.kmz,.csv,.xlsx,text/plain,application/zip,application/geo+json"
          data-testid="file-input"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void send(file);
          }}
        />
        <label htmlFor={id} className={props.large ? 'button primary' : 'way-tile'}>
          <Icon name="upload" />{' '}
          {t(props.large ? 'upload.choose' : props.read === null ? 'way.upload' : 'way.upload_again')}
        </label>
        {props.large && <p>{t('upload.drop')}</p>}
        {props.large && <p className="quiet">{t('upload.formats')}</p>}
      </div>
      {sending.state === 'sending' && (
        <div className="card" role="status">
          <p>{sending.share < 1 ? t('upload.sending') : t('upload.reading')}</p>
          <progress
            aria-label={t('upload.sending')}
            {...(sending.share < 1 ? { value: sending.share, max: 1 } : {})}
          />
        </div>
      )}
      {failed !== null && (
        <FailureCard
          failure={failed.failure}
          onRetry={() => void send(failed.file)}
          {...(position !== undefined && props.onShowPlace !== undefined
            ? { onShowPlace: () => props.onShowPlace?.(position) }
            : {})}
        />
      )}
    </>
  );
}
