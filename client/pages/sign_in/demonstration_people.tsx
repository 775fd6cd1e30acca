import type { DemonstrationRole, Me } from '../../../server/contract/index.ts';
import { signIn } from '../../api/session.ts';
import { Icon } from '../../components/icon.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';

/** Made-up people, one click each: only on this machine itself, on demonstration land. */
export function DemonstrationPeople(props: {
  people: readonly DemonstrationRole[];
  onSignedIn: (me: Me) => void;
}) {
  const { t } = useStaffText();
  const task = useTask();
  const begin = (login: string) =>
    task.run(async () => props.onSignedIn(await signIn({ demonstration_login: login })));
  return (
    <section className="demonstration" aria-labelledby="demonstration-title" data-testid="demonstration">
      <h2 id="demonstration-title">{t('sign_in.try')}</h2>
      <p className="demo-notice">{t('sign_in.try_text')}</p>
      <Refusal failure={task.failure} />
      <ul className="choice-list">
        {props.people.map(({ login, name, role, division_name }) => (
          <li key={login}>
            <button
              type="button"
              disabled={task.busy}
              onClick={() => begin(login)}
              data-testid={`try-${login}`}
            >
              <Icon name="person" />
              <span>
                <strong>{t('sign_in.try_as', { area: division_name, role: t(`role.${role}`) })}</strong>
                <small>{name}</small>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
