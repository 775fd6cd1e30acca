import type { RuleMatrix } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { FurtherTexts } from '../verdict/further_texts.tsx';
import type { RuleRow } from './arrange.ts';
import { type CitedArticle, CitedArticles } from './cited_articles.tsx';
import { Dates } from './dates.tsx';

function Row(props: {
  row: RuleRow;
  articles: ReadonlyMap<string, CitedArticle>;
  offices: ReadonlyMap<string, RuleMatrix['offices'][number]>;
  answers: ReadonlyMap<string, string>;
  marked: boolean;
}) {
  const { t } = useText();
  const { rule, where } = props.row;
  const office = props.offices.get(rule.office);
  const separator = t('list.separator');
  return (
    <tr id={`rule-${rule.id}`} className={props.marked ? 'is-marked' : undefined}>
      <th scope="row">
        {where.join(separator)}
        {rule.details !== null && (
          <small>
            {t('rules.if', {
              answers: rule.details.map((each) => props.answers.get(each) ?? each).join(separator),
            })}
          </small>
        )}
        {rule.region !== null && <small>{t('rules.region', { region: rule.region.name })}</small>}
      </th>
      <td>
        <span className={`outcome-tag outcome-${rule.outcome}`}>
          <Icon name={rule.outcome} size={20} /> {t(`outcome.${rule.outcome}`)}
        </span>
        {!rule.in_force && <span className="tag tag-warning">{t('rules.not_in_force')}</span>}
      </td>
      <td>
        <p>{rule.text}</p>
        <FurtherTexts {...rule} />
        {office !== undefined && (
          <p className="quiet">
            {t('rules.office', { office: office.name })}
            {office.phone !== '' && ` ${office.phone}`}
          </p>
        )}
      </td>
      <td>
        <CitedArticles ids={rule.articles} articles={props.articles} />
        {(rule.in_force_from ?? rule.in_force_until) !== null && (
          <p className="quiet rule-dates">
            {t('rules.valid')} <Dates from={rule.in_force_from} until={rule.in_force_until} />
          </p>
        )}
      </td>
    </tr>
  );
}

/** One kind of rules, a row each; on a phone each row is a card. */
export function RuleTable(props: {
  title: string;
  rows: RuleRow[];
  articles: ReadonlyMap<string, CitedArticle>;
  offices: ReadonlyMap<string, RuleMatrix['offices'][number]>;
  answers: ReadonlyMap<string, string>;
  marked: string | null;
}) {
  const { t } = useText();
  const { title, rows, marked, ...rest } = props;
  if (rows.length === 0) return null;
  return (
    <section className="rule-section">
      <h2>{title}</h2>
      <table className="rule-table">
        <thead>
          <tr>
            <th scope="col">{t('rules.where')}</th>
            <th scope="col">{t('rules.outcome')}</th>
            <th scope="col">{t('rules.text')}</th>
            <th scope="col">{t('rules.articles')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.rule.id} row={row} marked={row.rule.id === marked} {...rest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
