import type { CheckAnswer } from '../../server/contract/index.ts';
import { AreaLine } from '../components/area_line.tsx';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';

/** The plain sentence without the outcome that already stands above it in large type. */
export function withoutOutcome(headline: string, outcome: string): string {
  const rest = headline.startsWith(outcome)
    ? headline.slice(outcome.length).replace(/^\s*[：:,，]\s*/, '')
    : '';
  return rest === '' ? headline : rest;
}

/** The answer in one look: outcome, plain sentence, what was asked, how large. */
export function VerdictHead(props: { answer: CheckAnswer }) {
  const { t } = useText();
  const { answer } = props;
  return (
    <div
      className={`verdict-head outcome-${answer.outcome}`}
      data-testid="verdict"
      data-outcome={answer.outcome}
    >
      <h2 className="verdict-outcome">
        <Icon name={answer.outcome} size={40} />
        {t(`outcome.${answer.outcome}`)}
      </h2>
      <p className="verdict-headline" data-testid="headline">
        {withoutOutcome(answer.headline, t(`outcome.${answer.outcome}`))}
      </p>
      <p className="verdict-asked">
        <span>{t(`activity.${answer.activity}`)}</span>
        <AreaLine area_m2={answer.area_m2} area_mu={answer.area_mu} official />
      </p>
    </div>
  );
}
