import type { RuleSource } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';
import { Dates } from './dates.tsx';

/** The statutes and documents cited above, with number, dates and the provisions in short. */
export function SourceList(props: { sources: RuleSource[] }) {
  const { t } = useText();
  if (props.sources.length === 0) return null;
  return (
    <section className="rule-section" data-testid="rule-sources">
      <h2>{t('rules.sources')}</h2>
      {props.sources.map((source) => (
        <section key={source.id} className="card source">
          <h3>
            {source.title}
            {source.number !== '' && <span className="source-number"> {source.number}</span>}
          </h3>
          <p className="quiet">
            {source.authority} <Dates from={source.in_force_from} until={source.in_force_until} />
          </p>
          <dl>
            {source.articles.map((article) => (
              <div key={article.id} id={`article-${article.id}`}>
                <dt>
                  {article.article}{' '}
                  {!article.verified && <span className="tag tag-warning">{t('rule.unverified')}</span>}
                </dt>
                <dd>{article.text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  );
}
