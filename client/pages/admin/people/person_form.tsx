import { type FormEvent, useState } from 'react';
import type { Account } from '../../../../server/contract/index.ts';
import { editAccount, getAccount } from '../../../api/accounts.ts';
import { problemCode } from '../../../api/request.ts';
import { Refusal } from '../../../staff/refusal.tsx';
import { areasOf } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { useAdminText } from '../admin_text.ts';
import { DivisionPicker } from '../parts/division_picker.tsx';
import { TextField } from '../parts/fields.tsx';
import { useSay } from '../parts/notice.tsx';
import { AssignmentsField } from './assignments_field.tsx';
import { ConflictPanel } from './conflict_panel.tsx';
import { type Draft, draftOf, editOf, isChanged } from './draft.ts';

/**
 * Name, office and roles of a person. What somebody else has saved in between is shown beside one's own and decided
 * field by field; what was saved can be taken back.
 */
export function PersonForm(props: { account: Account; onSaved(account: Account): void }) {
  const { t } = useAdminText();
  const me = useMe();
  const say = useSay();
  const task = useTask();
  const { account, onSaved } = props;
  const within = areasOf(me, 'accounts.manage');
  const base = draftOf(account);
  // over what stands there, so that a change made elsewhere on this page (closing the account) is not undone by saving
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const draft: Draft = { ...base, ...edits };
  const [conflict, setConflict] = useState<{ base: Draft; mine: Draft; theirs: Account } | null>(null);
  const change = (part: Partial<Draft>) => setEdits({ ...edits, ...part });
  const show = (now: Account) => {
    setEdits({});
    setConflict(null);
    onSaved(now);
  };

  const takeBack = (before: Draft, after: Account) =>
    task.run(async () => {
      show(await editAccount(after.id, editOf(draftOf(after), before, after.version)));
      say(t('person.undone', { name: after.name }));
    });
  /** `now`: what the edit is made to; somebody else may have been there before. */
  const save = (now: Account, wanted: Draft) =>
    task.run(async () => {
      const before = draftOf(now);
      if (!isChanged(before, wanted)) return show(now);
      try {
        const after = await editAccount(now.id, editOf(before, wanted, now.version));
        show(after);
        say(t('person.saved', { name: after.name }), () => void takeBack(before, after));
      } catch (failed) {
        if (problemCode(failed) !== 'edit_conflict') throw failed;
        setConflict({ base: before, mine: wanted, theirs: await getAccount(now.id) });
      }
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!task.busy && draft.office !== null) void save(account, draft);
  };

  if (conflict !== null) {
    const { theirs } = conflict;
    return (
      <>
        <ConflictPanel
          key={theirs.version}
          base={conflict.base}
          mine={conflict.mine}
          theirs={draftOf(theirs)}
          onDecide={(merged) => void save(theirs, merged)}
          onDrop={() => show(theirs)}
        />
        <Refusal failure={task.failure} />
      </>
    );
  }
  const changed = isChanged(base, draft);
  return (
    <form className="card form" onSubmit={submit} data-testid="person-form">
      <h2>{t('person.form')}</h2>
      <TextField
        label={t('person.name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        maxLength={64}
        required
        testId="person-name"
      />
      <DivisionPicker
        label={t('person.office')}
        within={within}
        chosen={draft.office}
        onChoose={(office) => change({ office })}
        hint={t(draft.office === null ? 'person.office_missing' : 'person.office_hint')}
        testId="person-office"
      />
      <AssignmentsField
        assignments={draft.assignments}
        within={within}
        onChange={(assignments) => change({ assignments })}
      />
      <Refusal failure={task.failure} />
      <div className="row">
        <button
          type="submit"
          className="button primary"
          disabled={task.busy || !changed || draft.office === null}
          data-testid="save-person"
        >
          {t(task.busy ? 'admin.working' : 'admin.save')}
        </button>
        {changed && (
          <button type="button" className="button" onClick={() => setEdits({})}>
            {t('person.revert')}
          </button>
        )}
      </div>
    </form>
  );
}
