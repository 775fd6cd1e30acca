import { type FormEvent, useState } from 'react';
import type { CreatedAccount, NamedAssignment } from '../../../../server/contract/index.ts';
import { createAccount } from '../../../api/accounts.ts';
import { navigate } from '../../../route.ts';
import { ForbiddenCard } from '../../../staff/forbidden_card.tsx';
import { Refusal } from '../../../staff/refusal.tsx';
import { areasOf, may } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { useAdminText } from '../admin_text.ts';
import { type ChosenDivision, DivisionPicker } from '../parts/division_picker.tsx';
import { TextField } from '../parts/fields.tsx';
import { AssignmentsField } from './assignments_field.tsx';
import { LinkOnce } from './link_once.tsx';

function NewPerson() {
  const { t } = useAdminText();
  const me = useMe();
  const within = areasOf(me, 'accounts.manage');
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [office, setOffice] = useState<ChosenDivision | null>(null);
  const [assignments, setAssignments] = useState<readonly NamedAssignment[]>([]);
  const [missing, setMissing] = useState(false);
  const [created, setCreated] = useState<CreatedAccount | null>(null);
  const task = useTask();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(office === null);
    if (office === null || task.busy) return;
    void task.run(async () => {
      setCreated(
        await createAccount({
          login: login.trim().toLowerCase(),
          name: name.trim(),
          division_code: office.code,
          assignments: assignments.map(({ role, division_code }) => ({ role, division_code })),
        }),
      );
    });
  };
  if (created !== null) {
    const { account, password_link } = created;
    return (
      <LinkOnce
        link={password_link}
        name={account.name}
        login={account.login}
        onDone={() => navigate(`/admin/people/${account.id}`)}
      />
    );
  }
  return (
    <form className="card form" onSubmit={submit} data-testid="new-person-form">
      <TextField
        label={t('person.login')}
        value={login}
        onChange={setLogin}
        hint={t('person.login_hint')}
        maxLength={64}
        required
        plain
        testId="new-login"
      />
      <TextField
        label={t('person.name')}
        value={name}
        onChange={setName}
        maxLength={64}
        required
        testId="new-name"
      />
      <DivisionPicker
        label={t('person.office')}
        within={within}
        chosen={office}
        onChoose={setOffice}
        hint={t('person.office_hint')}
        testId="new-office"
      />
      {missing && office === null && (
        <p className="fault" role="alert">
          {t('person.office_missing')}
        </p>
      )}
      <AssignmentsField assignments={assignments} within={within} onChange={setAssignments} />
      <Refusal failure={task.failure} />
      <button type="submit" className="button primary wide" disabled={task.busy} data-testid="create">
        {t(task.busy ? 'admin.working' : 'people.create')}
      </button>
    </form>
  );
}

/** A new account; at its end the link with which its person sets a password. */
export function NewPersonPage() {
  return may(useMe(), 'accounts.manage') ? <NewPerson /> : <ForbiddenCard />;
}
