import type { BatchDetail, Note } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { describePlace } from '../../components/place.ts';
import { useText } from '../../text/use_text.tsx';
import { useInspectorText } from './inspector_text.ts';
import { itemName } from './item_words.ts';

const NOTE_ICONS = { info: 'info', warning: 'warning', error: 'conflict' } as const;
/** More than these are folded away. */
const FEW = 20;

function Remark(props: { note: Note; name: string | null }) {
  const { t } = useText();
  const { note, name } = props;
  const place = note.where === undefined ? '' : describePlace(note.where, t);
  return (
    <li className={`note note-${note.severity}`} data-testid={name === null ? 'file-note' : 'remark'}>
      <Icon name={NOTE_ICONS[note.severity]} />
      <span>
        <span className="visually-hidden">{t(`note.${note.severity}`)} </span>
        {name !== null && <b>{name} </b>}
        {note.message}
        {place !== '' && <small>{place}</small>}
      </span>
    </li>
  );
}

/** What was noticed of the file as a whole: that it matters stands in its severity. */
function FileNotes({ notes }: { notes: readonly Note[] }) {
  const { t } = useInspectorText();
  if (notes.length === 0) return null;
  return (
    <details open={notes.some(({ severity }) => severity !== 'info')}>
      <summary>
        {t('remarks.file', { n: notes.length })} <Icon name="down" size={20} />
      </summary>
      <ul className="notes">
        {notes.map((note, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes of one file never change their order
          <Remark key={`${note.code} ${i}`} note={note} name={null} />
        ))}
      </ul>
    </details>
  );
}

/** What could not be examined, each with its name, its place and its reason; and what was noticed of the file. */
export function RemarkList({ batch }: { batch: BatchDetail }) {
  const { t } = useInspectorText();
  const { remarks, notes, counts } = batch;
  if (counts.remarks === 0 && notes.length === 0) return null;
  return (
    <section className="card" aria-label={t('remarks.list')} data-testid="remarks">
      {counts.remarks > 0 && (
        <details open={remarks.length <= FEW}>
          <summary>
            <h2>{t('remarks.title', { n: counts.remarks })}</h2>
            <Icon name="down" size={20} />
          </summary>
          <p className="quiet">{t('remarks.text')}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard */}
          <ul className="notes" tabIndex={0} aria-label={t('remarks.list')}>
            {remarks.map((remark) => (
              <Remark key={remark.index} note={remark} name={itemName(remark, t)} />
            ))}
          </ul>
          {counts.remarks > remarks.length && (
            <p className="quiet">{t('remarks.more', { n: counts.remarks - remarks.length })}</p>
          )}
        </details>
      )}
      <FileNotes notes={notes} />
    </section>
  );
}
