import type { MatrixLimit } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';
import { type CitedArticle, CitedArticles } from './cited_articles.tsx';

/** How large something may be, and where that holds. */
export function LimitList(props: { limits: MatrixLimit[]; articles: ReadonlyMap<string, CitedArticle> }) {
  const { t } = useText();
  if (props.limits.length === 0) return null;
  return (
    <section className="rule-section" data-testid="rule-limits">
      <h2>{t('sizes.title')}</h2>
      {props.limits.map((limit) => (
        <div key={limit.id} className="card">
          {limit.region !== null && <p className="tag">{t('rules.region', { region: limit.region.name })}</p>}
          <p>{limit.text}</p>
          <ul className="sizes">
            {limit.sizes.map((size) => (
              <li key={size.title}>
                <span>{size.title}</span>
                <b>{t('sizes.most', { most: size.max_m2 })}</b>
              </li>
            ))}
          </ul>
          <CitedArticles ids={limit.articles} articles={props.articles} />
        </div>
      ))}
    </section>
  );
}
