import type { Activity } from '../../../server/contract/index.ts';
import { ACTIVITIES, DETAILS, isDetailed } from '../../check/activities.ts';
import type { Desk } from '../../planner/use_proposal.ts';
import type { MessageKey } from '../../text/messages.ts';
import { usePlannerText } from './planner_text.ts';

/** What is asked: name, day, what is planned, how exact the shapes are. */
export function QuestionCard(props: { desk: Desk }) {
  const { t } = usePlannerText();
  const { proposal, step } = props.desk;
  const { activity, details } = proposal;
  return (
    <fieldset className="card planner-question">
      <legend className="visually-hidden">{t('planner.question')}</legend>
      <label className="field planner-wide">
        <span>{t('planner.name')}</span>
        <input
          value={proposal.title}
          maxLength={200}
          placeholder={t('planner.untitled')}
          onChange={(event) => step({ do: 'set_title', title: event.target.value })}
          data-testid="proposal-title"
        />
      </label>
      <label className="field">
        <span>{t('planner.activity')}</span>
        <select
          value={activity ?? ''}
          onChange={(event) =>
            step({
              do: 'set_activity',
              activity: event.target.value === '' ? null : (event.target.value as Activity),
            })
          }
          data-testid="proposal-activity"
        >
          <option value="">{t('planner.activity_none')}</option>
          {ACTIVITIES.map((each) => (
            <option key={each} value={each}>
              {t(`activity.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {activity !== null && isDetailed(activity) && (
        <label className="field">
          <span>{t(`detail.${activity}`)}</span>
          <select
            value={details[activity] ?? ''}
            onChange={(event) =>
              step({
                do: 'set_detail',
                detail: activity,
                value: event.target.value === '' ? null : event.target.value,
              })
            }
            data-testid="proposal-detail"
          >
            <option value="">{t('detail.not_sure')}</option>
            {DETAILS[activity].map((value) => (
              <option key={value} value={value}>
                {t(`detail.${activity}.${value}` as MessageKey)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="field">
        <span>{t('planner.as_of')}</span>
        <input
          type="date"
          min="1949-10-01"
          max="2199-12-31"
          value={proposal.as_of ?? ''}
          onChange={(event) =>
            step({ do: 'set_day', as_of: event.target.value === '' ? null : event.target.value })
          }
          data-testid="proposal-day"
        />
        <small>{t('planner.as_of_text')}</small>
      </label>
      <label className="field">
        <span>{t('planner.accuracy')}</span>
        <input
          type="number"
          inputMode="decimal"
          min="0.01"
          max="1000"
          step="any"
          value={proposal.accuracy_m ?? ''}
          onChange={(event) => {
            const accuracy = event.target.valueAsNumber;
            step({ do: 'set_accuracy', accuracy_m: accuracy > 0 && accuracy <= 1000 ? accuracy : null });
          }}
          data-testid="proposal-accuracy"
        />
        <small>{t('planner.accuracy_text')}</small>
      </label>
    </fieldset>
  );
}
