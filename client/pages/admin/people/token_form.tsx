import { type FormEvent, useState } from 'react';
import type { Account, CreatedToken, Right } from '../../../../server/contract/index.ts';
import { issueToken } from '../../../api/accounts.ts';
import { Refusal } from '../../../staff/refusal.tsx';
import { areasOf } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { useAdminText } from '../admin_text.ts';
import { type ChosenDivision, DivisionPicker } from '../parts/division_picker.tsx';
import { TextField } from '../parts/fields.tsx';
import { useRoles } from '../parts/use_roles.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const LONGEST_DAYS = 365;
const dayAfter = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** A token for a program that works for a person: what it may do, where and until when, all of it within the person's own. */
export function TokenForm(props: {
  account: Account;
  onIssued(token: CreatedToken): void;
  onCancel(): void;
}) {
  const { t } = useAdminText();
  const me = useMe();
  const { account } = props;
  const rightsOf = useRoles();
  const rights = [...new Set(account.assignments.flatMap(({ role }) => rightsOf.get(role) ?? []))];
  const first = account.assignments[0];
  const [label, setLabel] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<Right>>(new Set());
  const [area, setArea] = useState<ChosenDivision | null>(
    first === undefined ? null : { code: first.division_code, name: first.division_name },
  );
  const [until, setUntil] = useState(() => dayAfter(USUAL_DAYS));
  const [incomplete, setIncomplete] = useState(false);
  const task = useTask();
  const toggle = (right: Right) => {
    const next = new Set(chosen);
    if (!next.delete(right)) next.add(right);
    setChosen(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = chosen.size === 0 || area === null;
    setIncomplete(lacks);
    if (lacks || area === null || task.busy) return;
    void task.run(async () => {
      props.onIssued(
        await issueToken(account.id, {
          label: label.trim(),
          rights: [...chosen],
          division_code: area.code,
          // to the end of the day that was named, in China
          expires_at: `${until}T23:59:59+08:00`,
        }),
      );
    });
  };
  return (
    <form className="form" onSubmit={submit} data-testid="token-form">
      <TextField
        label={t('token.label')}
        value={label}
        onChange={setLabel}
        hint={t('token.label_hint')}
        maxLength={100}
        required
        testId="token-label"
      />
      <fieldset className="group">
        <legend>{t('token.rights')}</legend>
        {rights.map((right) => (
          <label key={right} className="toggle">
            <input
              type="checkbox"
              checked={chosen.has(right)}
              onChange={() => toggle(right)}
              data-testid={`token-right-${right}`}
            />
            {t(`right.${right}`)}
          </label>
        ))}
        {rights.length === 0 && <p className="quiet">{t('token.no_rights')}</p>}
      </fieldset>
      <DivisionPicker
        label={t('token.area')}
        within={areasOf(me, 'accounts.manage')}
        chosen={area}
        onChoose={setArea}
        testId="token-area"
      />
      <div className="field">
        <label htmlFor="token-until">{t('token.until')}</label>
        <input
          id="token-until"
          type="date"
          required
          min={dayAfter(0)}
          max={dayAfter(LONGEST_DAYS)}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          data-testid="token-until"
        />
      </div>
      {incomplete && (
        <p className="fault" role="alert">
          {t('token.incomplete')}
        </p>
      )}
      <Refusal failure={task.failure} />
      <div className="row">
        <button type="submit" className="button primary" disabled={task.busy} data-testid="token-issue">
          {t(task.busy ? 'admin.working' : 'token.issue')}
        </button>
        <button type="button" className="button" onClick={props.onCancel}>
          {t('admin.cancel')}
        </button>
      </div>
    </form>
  );
}
