import { useState } from 'react';
import type { NamedAssignment, Role } from '../../../../server/contract/index.ts';
import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';
import { type ChosenDivision, DivisionPicker } from '../parts/division_picker.tsx';
import { ChoiceField } from '../parts/fields.tsx';
import { useRoles } from '../parts/use_roles.ts';
import { assignmentKey } from './draft.ts';
import { ROLE_ORDER } from './role_list.ts';

/** The roles of a person, each in its area: taken away one by one, added with a role and an area of `within`. */
export function AssignmentsField(props: {
  assignments: readonly NamedAssignment[];
  within: readonly string[];
  onChange(assignments: readonly NamedAssignment[]): void;
}) {
  const { t } = useAdminText();
  const rights = useRoles();
  const [role, setRole] = useState<Role | ''>('');
  const [area, setArea] = useState<ChosenDivision | null>(null);
  const [said, setSaid] = useState('');
  const { assignments, onChange } = props;
  const words = ({ role: is, division_name }: NamedAssignment) =>
    t('role.in', { role: t(`role.${is}`), area: division_name });
  const add = () => {
    if (role === '' || area === null) {
      setSaid(t('roles.incomplete'));
      return;
    }
    const added = { role, division_code: area.code, division_name: area.name };
    if (assignments.some((each) => assignmentKey(each) === assignmentKey(added))) {
      setSaid(t('roles.twice'));
      return;
    }
    onChange([...assignments, added]);
    setSaid(t('roles.added', { role: words(added) }));
    setRole('');
    setArea(null);
  };
  const mayDo = role === '' ? [] : (rights.get(role) ?? []);
  return (
    <fieldset className="group">
      <legend>{t('person.roles')}</legend>
      {assignments.length === 0 && <p className="quiet">{t('roles.none')}</p>}
      <ul className="role-list" data-testid="roles">
        {assignments.map((assignment) => (
          <li key={assignmentKey(assignment)}>
            <span>
              {words(assignment)} <small>{assignment.division_code}</small>
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={t('roles.remove', { role: words(assignment) })}
              onClick={() => {
                onChange(assignments.filter((each) => each !== assignment));
                setSaid(t('roles.removed', { role: words(assignment) }));
              }}
            >
              <Icon name="trash" size={20} />
            </button>
          </li>
        ))}
      </ul>
      <fieldset className="role-add">
        <legend>{t('roles.add_title')}</legend>
        <ChoiceField<Role>
          label={t('roles.role')}
          value={role}
          any={t('roles.choose')}
          options={ROLE_ORDER.map((value) => ({ value, title: t(`role.${value}`) }))}
          onChange={setRole}
          testId="add-role"
        />
        <DivisionPicker
          label={t('roles.area')}
          within={props.within}
          chosen={area}
          onChoose={setArea}
          hint={t('roles.area_hint')}
          testId="add-area"
        />
        {mayDo.length > 0 && (
          <p className="quiet role-rights">
            {t('roles.may', {
              rights: mayDo.map((right) => t(`right.${right}`)).join(t('list.separator')),
            })}
          </p>
        )}
        <button type="button" className="button" onClick={add} data-testid="add-assignment">
          <Icon name="plus" size={20} /> {t('roles.add')}
        </button>
      </fieldset>
      <p role="status" className="quiet">
        {said}
      </p>
    </fieldset>
  );
}
