import { useId, useState } from 'react';
import type { Failure } from '../api/request.ts';
import { postUpload } from '../api/uploads.ts';
import { failureOf } from '../api/use_resource.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { useFileDrop } from '../components/use_file_drop.ts';
import { useText } from '../text/use_text.tsx';
import { uploadedShapes } from './shapes.ts';
import type { Step } from './workspace.ts';

type Sending =
  | { state: 'idle' }
  | { state: 'sending'; share: number }
  | { state: 'failed'; failure: Failure; file: File };

/** Takes a file by button or by drag and drop, sends it, and puts what was read on the work table. */
export function UploadBox(props: {
  large: boolean;
  /** a file has been read already */
  again: boolean;
  onStep(step: Step): void;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = useText();
  const id = useId();
  const [sending, setSending] = useState<Sending>({ state: 'idle' });

  const send = async (file: File) => {
    setSending({ state: 'sending', share: 0 });
    try {
      const answer = await postUpload(file, (share) => setSending({ state: 'sending', share }));
      props.onStep({ do: 'put_file', name: file.name, answer, shapes: uploadedShapes(answer) });
      setSending({ state: 'idle' });
    } catch (thrown) {
      setSending({ state: 'failed', failure: failureOf(thrown), file });
    }
  };
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
          accept=".txt,.zip,.json,.geojson,text/plain,application/zip,application/geo+json"
          data-testid="file-input"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void send(file);
          }}
        />
        <label htmlFor={id} className={`button ${props.large ? 'primary' : ''}`}>
          <Icon name="upload" /> {t(props.again ? 'upload.again' : 'upload.choose')}
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
