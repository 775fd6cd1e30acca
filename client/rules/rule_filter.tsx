import { useState } from 'react';
import type { Activity, Outcome, RuleMatrix } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import type { Choice } from './arrange.ts';

const OUTCOMES = ['conflict', 'unknown', 'permit', 'clear'] as const satisfies readonly Outcome[];

/** Room enough for everything to stand open. */
const DESK = '(min-width: 900px)';

/** What to show of the matrix: activity, case, outcomes, words. */
export function RuleFilter(props: { matrix: RuleMatrix; choice: Choice; onChange(choice: Choice): void }) {
  const { t } = useText();
  const { matrix, choice, onChange } = props;
  const [wide, setWide] = useState(() => window.matchMedia(DESK).matches);
  const question = matrix.activities.find(({ activity }) => activity === choice.activity)?.questions[0];
  const toggle = (outcome: Outcome) => {
    const outcomes = new Set(choice.outcomes);
    if (!outcomes.delete(outcome)) outcomes.add(outcome);
    onChange({ ...choice, outcomes });
  };
  return (
    <div className="card rule-filter no-print">
      <label className="field">
        <span>{t('rules.activity')}</span>
        <select
          value={choice.activity}
          data-testid="rules-activity"
          onChange={(event) =>
            onChange({ ...choice, activity: event.target.value as Activity, answer: null })
          }
        >
          {matrix.activities.map(({ activity, title }) => (
            <option key={activity} value={activity}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {question !== undefined && (
        <label className="field">
          <span>{question.text}</span>
          <select
            value={choice.answer ?? ''}
            data-testid="rules-answer"
            onChange={(event) =>
              onChange({ ...choice, answer: event.target.value === '' ? null : event.target.value })
            }
          >
            <option value="">{t('rules.any')}</option>
            {question.options.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
      <details className="more-filters" open={wide} onToggle={(event) => setWide(event.currentTarget.open)}>
        <summary data-testid="more-filters">
          {t('rules.filter')} <Icon name="down" />
        </summary>
        <label className="field">
          <span>{t('rules.words')}</span>
          <input
            type="search"
            value={choice.words}
            placeholder={t('rules.words_hint')}
            data-testid="rules-words"
            onChange={(event) => onChange({ ...choice, words: event.target.value })}
          />
        </label>
        <fieldset>
          <legend className="details-title">{t('rules.outcome')}</legend>
          <div className="chips">
            {OUTCOMES.map((outcome) => (
              <button
                key={outcome}
                type="button"
                className="chip chip-icon"
                aria-pressed={choice.outcomes.has(outcome)}
                onClick={() => toggle(outcome)}
                data-testid={`rules-${outcome}`}
              >
                <Icon name={outcome} size={20} /> {t(`outcome.${outcome}`)}
              </button>
            ))}
          </div>
        </fieldset>
        <label className="toggle">
          <input
            type="checkbox"
            checked={choice.ended}
            onChange={(event) => onChange({ ...choice, ended: event.target.checked })}
            data-testid="rules-ended"
          />
          {t('rules.ended')}
        </label>
      </details>
    </div>
  );
}
