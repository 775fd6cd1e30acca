import type { Article } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';

/** A provision in short, where it stands, since when, and whether anybody has verified it. */
export function ArticleText(props: { article: Article }) {
  const { t } = useText();
  const { article } = props;
  return (
    <blockquote className="article">
      <p>{article.text}</p>
      <footer>
        {article.source}
        {article.number !== '' && ` ${article.number}`} {article.article}
        {article.in_force_from !== null && (
          <small>
            {article.in_force_until === null
              ? t('rule.since', { from: article.in_force_from })
              : t('rule.between', { from: article.in_force_from, until: article.in_force_until })}
          </small>
        )}
        {!article.verified && <span className="tag tag-warning">{t('rule.unverified')}</span>}
      </footer>
    </blockquote>
  );
}
