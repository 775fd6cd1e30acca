import type { TrailEntry } from '../../../../server/contract/index.ts';
import { moment } from '../../../text/format.ts';
import { useAdminText } from '../admin_text.ts';
import { changes } from './changes.ts';
import { fieldWords, sentence, valueWords } from './entry_words.ts';

function Changes({ entry }: { entry: TrailEntry }) {
  const { t } = useAdminText();
  const all = changes(entry.before, entry.after);
  if (all.length === 0) return <p className="quiet">{t('diff.nothing')}</p>;
  return (
    <div className="diff-scroll">
      <table className="diff">
        <caption className="visually-hidden">{t('diff.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diff.field')}</th>
            <th scope="col">{t('diff.before')}</th>
            <th scope="col">{t('diff.after')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ key, before, after }) => (
            <tr key={key}>
              <th scope="row">{fieldWords(key, t)}</th>
              <td className="diff-before">{valueWords(before, t)}</td>
              <td className="diff-after">{valueWords(after, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One entry: a sentence, and what lies behind it for whoever opens it. */
export function EntryItem({ entry }: { entry: TrailEntry }) {
  const { t, language } = useAdminText();
  const facts: [string, string][] = [
    [t('audit.address'), entry.address ?? t('diff.none')],
    [
      t('audit.roles'),
      entry.roles
        .map(({ role, division_code }) => t('role.in', { role: t(`role.${role}`), area: division_code }))
        .join(t('list.separator')) || t('diff.none'),
    ],
    [t('audit.chain'), `${entry.county_code} № ${entry.seq}`],
    [t('audit.hash'), entry.hash],
    [t('audit.request'), entry.request_id || t('diff.none')],
  ];
  return (
    <li className="entry" data-testid="entry" data-action={entry.action}>
      <details>
        <summary>
          <time dateTime={entry.at}>{moment(entry.at, language)}</time>
          <span>{sentence(entry, t)}</span>
        </summary>
        <Changes entry={entry} />
        <dl className="fact-list">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}
