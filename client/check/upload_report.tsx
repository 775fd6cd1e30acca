import type { Note } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { describePlace } from '../components/place.ts';
import { useText } from '../text/use_text.tsx';
import type { Workspace } from './workspace.ts';

const NOTE_ICONS = { info: 'info', warning: 'warning', error: 'conflict' } as const;

function NoteLine(props: { note: Note; onShowPlace?: ((position: [number, number]) => void) | undefined }) {
  const { t } = useText();
  const { note, onShowPlace } = props;
  const place = note.where === undefined ? '' : describePlace(note.where, t);
  const position = note.where?.position;
  return (
    <li className={`note note-${note.severity}`}>
      <Icon name={NOTE_ICONS[note.severity]} />
      <span>
        <span className="visually-hidden">{t(`note.${note.severity}`)} </span>
        {note.message}
        {place !== '' && <small>{place}</small>}
      </span>
      {position !== undefined && onShowPlace !== undefined && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('failure.show_place')}
          onClick={() => onShowPlace(position)}
        >
          <Icon name="pin" />
        </button>
      )}
    </li>
  );
}

/** What the server read in a file: format, reference system and how it was recognised, remarks. */
export function UploadReport(props: {
  upload: NonNullable<Workspace['upload']>;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = useText();
  const { name, answer } = props.upload;
  return (
    <section className="card" aria-label={t('upload.report')} data-testid="upload-report">
      <h2>{name}</h2>
      <dl className="facts">
        <dt>{t('upload.format')}</dt>
        <dd>{t(`format.${answer.format}`)}</dd>
        <dt>{t('upload.crs')}</dt>
        <dd>
          {answer.crs.name} <span className="quiet">{answer.crs.id}</span>
          <small>{answer.crs.how}</small>
        </dd>
        <dt>{t('upload.shapes')}</dt>
        <dd>{answer.features.features.length}</dd>
      </dl>
      {answer.notes.length > 0 && (
        <ul className="notes">
          {answer.notes.map((note, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes of one answer never change their order
            <NoteLine key={`${note.code}-${i}`} note={note} onShowPlace={props.onShowPlace} />
          ))}
        </ul>
      )}
    </section>
  );
}
