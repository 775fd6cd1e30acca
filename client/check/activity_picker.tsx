import type { Activity, Details } from '../../server/contract/index.ts';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use_text.tsx';
import { ACTIVITIES, DETAILS, isDetailed } from './activities.ts';

/** What somebody wants to do: big buttons, and the details where the law differs. */
export function ActivityPicker(props: {
  activity: Activity | null;
  details: Details;
  onActivity(activity: Activity): void;
  onDetail(detail: string, value: string | null): void;
}) {
  const { t } = useText();
  const { activity, details } = props;
  return (
    <fieldset className="step">
      <legend className="step-title">{t('check.what')}</legend>
      <div className="activities">
        {ACTIVITIES.map((each) => (
          <button
            key={each}
            type="button"
            className="activity"
            aria-pressed={each === activity}
            onClick={() => props.onActivity(each)}
            data-testid={`activity-${each}`}
          >
            <Icon name={each} size={32} />
            {t(`activity.${each}`)}
          </button>
        ))}
      </div>
      {activity !== null && isDetailed(activity) && (
        <fieldset>
          <legend className="details-title">{t(`detail.${activity}`)}</legend>
          <div className="chips">
            {DETAILS[activity].map((value) => (
              <button
                key={value}
                type="button"
                className="chip"
                aria-pressed={details[activity] === value}
                onClick={() => props.onDetail(activity, value)}
                data-testid={`detail-${value}`}
              >
                {t(`detail.${activity}.${value}` as MessageKey)}
              </button>
            ))}
            <button
              type="button"
              className="chip"
              aria-pressed={details[activity] === undefined}
              onClick={() => props.onDetail(activity, null)}
            >
              {t('detail.not_sure')}
            </button>
          </div>
        </fieldset>
      )}
    </fieldset>
  );
}
