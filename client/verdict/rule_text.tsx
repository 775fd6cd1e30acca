import type { Article } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import type { DecidingRule } from './sort_layers.ts';

function ArticleText(props: { article: Article }) {
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

/** A rule in plain words, with its articles. */
export function RuleText(props: { found: DecidingRule }) {
  const { t } = useText();
  const { rule, layer } = props.found;
  return (
    <div className="rule">
      <p className={`rule-text outcome-ink-${rule.outcome}`}>
        <Icon name={rule.outcome} />
        <span>
          {rule.text}{' '}
          <small>
            {layer.title} · {t(`outcome.${rule.outcome}`)}
          </small>
        </span>
      </p>
      {rule.articles.map((article) => (
        <ArticleText key={article.id} article={article} />
      ))}
    </div>
  );
}
