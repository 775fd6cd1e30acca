import { type ReactNode, useId, useState } from 'react';
import type { Activity } from '../../../server/contract/index.ts';
import { LEAST_ACCURACY_M, MOST_ACCURACY_M } from '../../check/accuracy.ts';
import { ACTIVITIES, DETAILS, isDetailed } from '../../check/activities.ts';
import { faultsOf } from '../../planner/proposal.ts';
import type { Desk } from '../../planner/use_proposal.ts';
import { chinaDay, FIRST_DAY } from '../../text/china_day.ts';
import type { MessageKey } from '../../text/messages.ts';
import { usePlannerText } from './planner_text.ts';

const BOUNDS = { least: LEAST_ACCURACY_M, most: MOST_ACCURACY_M };

/** Under a field: what may be filled in, or what is wrong with what is. */
function Hint(props: { id: string; fault: string | null; children: ReactNode }) {
  return (
    <small id={props.id} className={props.fault === null ? '' : 'fault'}>
      {props.fault ?? props.children}
    </small>
  );
}

/** What is asked: name, day, what is planned, how exact the shapes are. */
export function QuestionCard(props: { desk: Desk }) {
  const { t } = usePlannerText();
  const { proposal, step } = props.desk;
  const { activity, details } = proposal;
  const id = useId();
  // as it was typed: a number that is put back while it is typed loses its first 0
  const [accuracy, setAccuracy] = useState(
    () => proposal.accuracy_wrong ?? (proposal.accuracy_m === null ? '' : String(proposal.accuracy_m)),
  );
  const today = chinaDay(new Date());
  const faults = faultsOf(proposal, today);
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
          min={FIRST_DAY}
          max={today}
          value={proposal.as_of ?? ''}
          aria-invalid={faults.includes('day')}
          aria-describedby={`${id}-day`}
          onChange={(event) =>
            step({ do: 'set_day', as_of: event.target.value === '' ? null : event.target.value })
          }
          data-testid="proposal-day"
        />
        <Hint
          id={`${id}-day`}
          fault={faults.includes('day') ? t('planner.as_of_wrong', { first: FIRST_DAY, today }) : null}
        >
          {t('planner.as_of_text')}
        </Hint>
      </label>
      <label className="field">
        <span>{t('planner.accuracy')}</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={accuracy}
          aria-invalid={faults.includes('accuracy')}
          aria-describedby={`${id}-accuracy`}
          onChange={(event) => {
            setAccuracy(event.target.value);
            step({ do: 'set_accuracy', typed: event.target.value });
          }}
          data-testid="proposal-accuracy"
        />
        <Hint
          id={`${id}-accuracy`}
          fault={faults.includes('accuracy') ? t('planner.accuracy_wrong', BOUNDS) : null}
        >
          {t('planner.accuracy_text', BOUNDS)}
        </Hint>
      </label>
    </fieldset>
  );
}
