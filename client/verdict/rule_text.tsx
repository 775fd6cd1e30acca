import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { ArticleText } from './article_text.tsx';
import { FurtherTexts } from './further_texts.tsx';
import type { DecidingRule } from './sort_layers.ts';

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
      <FurtherTexts {...rule} />
      {rule.articles.map((article) => (
        <ArticleText key={article.id} article={article} />
      ))}
    </div>
  );
}
