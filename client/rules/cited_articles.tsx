import type { RuleSource, SourceArticle } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';

export interface CitedArticle {
  source: RuleSource;
  article: SourceArticle;
}

/** Every article by its id, with the source it stands in. */
export function articlesById(sources: readonly RuleSource[]): ReadonlyMap<string, CitedArticle> {
  return new Map(
    sources.flatMap((source) => source.articles.map((article) => [article.id, { source, article }])),
  );
}

/** What a rule rests on, each leading to its wording further down. */
export function CitedArticles(props: { ids: string[]; articles: ReadonlyMap<string, CitedArticle> }) {
  const { t } = useText();
  const cited = props.ids.flatMap((id) => props.articles.get(id) ?? []);
  if (cited.length === 0) return <p className="quiet">{t('rules.no_article')}</p>;
  return (
    <ul className="cited">
      {cited.map(({ source, article }) => (
        <li key={article.id}>
          <a href={`#article-${article.id}`}>
            {source.title} {article.article}
          </a>
          {source.number !== '' && <small>{source.number}</small>}
          {!article.verified && <span className="tag tag-warning">{t('rule.unverified')}</span>}
        </li>
      ))}
    </ul>
  );
}
