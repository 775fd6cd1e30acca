import type { Failure } from '../api/request.ts';
import { useText } from '../text/use_text.tsx';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { describePlace } from './place.ts';

const TOO_MANY = 429;

/** An error and what to do next; asking again is offered only where the answer may be another. */
export function FailureCard(props: {
  failure: Failure;
  onRetry?: () => void;
  onShowPlace?: () => void;
  /** where to go from what is not there; else home */
  back?: { href: string; title: string };
}) {
  const { t } = useText();
  const { failure } = props;
  const title = failure.kind === 'problem' ? failure.problem.title : t(`failure.${failure.kind}.title`);
  const detail =
    failure.kind === 'problem'
      ? failure.problem.detail
      : t(`failure.${failure.kind}.detail`, failure.kind === 'unreadable' ? { status: failure.status } : {});
  const place = failure.kind === 'problem' && failure.problem.where ? failure.problem.where : null;
  const where = place === null ? '' : describePlace(place, t);
  const passing =
    failure.kind !== 'problem' || failure.problem.status >= 500 || failure.problem.status === TOO_MANY;
  const gone = failure.kind === 'problem' && failure.problem.status === 404;
  return (
    <div className="card failure" role="alert" data-testid="failure">
      <p className="failure-title">
        <Icon name="warning" /> {title}
      </p>
      <p>{detail}</p>
      {where !== '' && <p className="quiet">{where}</p>}
      {failure.kind === 'problem' && failure.problem.request_id !== undefined && (
        <p className="quiet">{t('failure.request', { id: failure.problem.request_id })}</p>
      )}
      <div className="row">
        {place?.position !== undefined && props.onShowPlace !== undefined && (
          <button type="button" className="button" onClick={props.onShowPlace} data-testid="show-place">
            <Icon name="pin" /> {t('failure.show_place')}
          </button>
        )}
        {gone && (
          <Link href={props.back?.href ?? '/'} className="button" testId="gone-back">
            <Icon name={props.back === undefined ? 'home' : 'back'} /> {props.back?.title ?? t('header.home')}
          </Link>
        )}
        {props.onRetry !== undefined && passing && (
          <button type="button" className="button" onClick={props.onRetry} data-testid="retry">
            <Icon name="retry" /> {t('failure.retry')}
          </button>
        )}
      </div>
    </div>
  );
}
