import { useEffect, useId } from 'react';
import type { Datum } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { useFileDrop } from '../components/use_file_drop.ts';
import { useText } from '../text/use_text.tsx';
import type { Upload } from './use_upload.ts';

/** Takes a file by button or by drag and drop. */
export function UploadBox(props: {
  large: boolean;
  /** the file that has been read already */
  read: string | null;
  /** kept outside, since the box moves on the page once a file has been read */
  upload: Upload;
  /** where its coordinates come from; null: as the file states */
  datum: Datum | null;
}) {
  const { t } = useText();
  const id = useId();
  const { datum, upload } = props;
  const { sending, send, last } = upload;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another origin of the same file means another place
  useEffect(() => {
    if (last !== null && last.file.name === props.read && last.datum !== datum) void send(last.file);
  }, [datum]);
  const over = useFileDrop((file) => void send(file));
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
    </>
  );
}
