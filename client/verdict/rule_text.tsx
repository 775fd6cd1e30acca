import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { ArticleList } from './article_list.tsx';
import { FurtherTexts } from './further_texts.tsx';
import type { DecidingRule } from './sort_layers.ts';

/** A rule in plain words, with its articles. */
export function RuleText(props: { found: DecidingRule; articlesOpen: number }) {
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
      <ArticleList articles={rule.articles} open={props.articlesOpen} />
    </div>
  );
}
