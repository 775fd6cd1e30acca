import type { Failure } from '../api/request.ts';
import { Icon } from '../components/icon.tsx';
import { useStaffText } from './staff_text.ts';

/** Why a form was not accepted, and what to do next; said aloud. Nothing where there was no failure. */
export function Refusal(props: { failure: Failure | null }) {
  const { t } = useStaffText();
  const { failure } = props;
  if (failure === null) return null;
  const problem = failure.kind === 'problem' ? failure.problem : null;
  const title = problem?.title ?? t(`failure.${failure.kind as 'network' | 'unreadable'}.title`);
  const detail =
    problem?.detail ??
    t(
      `failure.${failure.kind as 'network' | 'unreadable'}.detail`,
      failure.kind === 'unreadable' ? { status: failure.status } : {},
    );
  return (
    <div className="refusal" role="alert" data-testid="refusal">
      <p className="failure-title">
        <Icon name="warning" /> {title}
      </p>
      <p>{detail}</p>
      {problem !== null && problem.status >= 500 && problem.request_id !== undefined && (
        <p className="quiet">{t('failure.request', { id: problem.request_id })}</p>
      )}
    </div>
  );
}
