import { useEffect, useRef, useState } from 'react';
import { deleteCheck } from '../../api/checks.ts';
import { type Failure, problemCode } from '../../api/request.ts';
import { failureOf } from '../../api/use_resource.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { useText } from '../../text/use_text.tsx';

/** Removes the check that is shown: asked twice, since nothing brings it back. */
export function DeleteCheck(props: { id: string; onDeleted: () => void }) {
  const { t } = useText();
  const [state, setState] = useState<'rest' | 'asking' | 'deleting'>('rest');
  const [failure, setFailure] = useState<Failure | null>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const asked = state !== 'rest';
  useEffect(() => {
    if (asked) keep.current?.focus();
  }, [asked]);
  const remove = async () => {
    setState('deleting');
    setFailure(null);
    try {
      await deleteCheck(props.id);
    } catch (thrown) {
      // an answer that was lost on its way: it is gone, as was wished
      if (problemCode(thrown) !== 'check_unknown') {
        setState('asking');
        setFailure(failureOf(thrown));
        return;
      }
    }
    props.onDeleted();
  };
  return (
    <section className="card no-print delete-check" aria-labelledby="delete-check">
      <h2 id="delete-check">{t('delete_check.title')}</h2>
      <p>
        {t('delete_check.text')} <Link href="/privacy">{t('foot.privacy')}</Link>
      </p>
      {state === 'rest' && (
        <button
          type="button"
          className="button"
          onClick={() => setState('asking')}
          data-testid="delete-check"
        >
          <Icon name="trash" /> {t('delete_check.begin')}
        </button>
      )}
      {asked && (
        <div role="alertdialog" aria-labelledby="delete-check-sure" className="delete-sure">
          <p id="delete-check-sure">{t('delete_check.sure')}</p>
          {failure !== null && <FailureCard failure={failure} />}
          <div className="row">
            <button
              type="button"
              className="button"
              ref={keep}
              disabled={state === 'deleting'}
              onClick={() => setState('rest')}
              data-testid="delete-check-keep"
            >
              {t('delete_check.keep')}
            </button>
            <button
              type="button"
              className="button danger"
              disabled={state === 'deleting'}
              onClick={remove}
              data-testid="delete-check-yes"
            >
              <Icon name="trash" /> {t('delete_check.yes')}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
