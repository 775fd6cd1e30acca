import type { Article } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { ArticleText } from './article_text.tsx';

/** The articles of a rule: those behind the first `open` ones fold, for a verdict is read on a phone. */
export function ArticleList(props: { articles: readonly Article[]; open: number }) {
  const { t } = useText();
  const folded = props.articles.slice(props.open);
  return (
    <>
      {props.articles.slice(0, props.open).map((article) => (
        <ArticleText key={article.id} article={article} />
      ))}
      {folded.length > 0 && (
        <details className="folded-articles">
          <summary>
            {t('verdict.articles', { n: folded.length })} <Icon name="down" />
          </summary>
          {folded.map((article) => (
            <ArticleText key={article.id} article={article} />
          ))}
        </details>
      )}
    </>
  );
}
