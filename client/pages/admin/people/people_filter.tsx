import type { Role } from '../../../../server/contract/index.ts';
import { areasOf } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useAdminText } from '../admin_text.ts';
import { DivisionPicker } from '../parts/division_picker.tsx';
import { ChoiceField, TextField } from '../parts/fields.tsx';
import { Filter } from '../parts/filter.tsx';
import { useDivisionName } from '../parts/use_division_name.ts';
import { ROLE_ORDER } from './role_list.ts';

export const PEOPLE_PARAMS = ['q', 'role', 'division', 'active', 'offset'] as const;
export type PeopleParams = Readonly<Record<(typeof PEOPLE_PARAMS)[number], string>>;

/** What to show of the people: words, role, area, state. */
export function PeopleFilter(props: { params: PeopleParams; onChange(change: Partial<PeopleParams>): void }) {
  const { t } = useAdminText();
  const me = useMe();
  const { params, onChange } = props;
  const division = useDivisionName(params.division);
  return (
    <Filter active={Object.values(params).some((value) => value !== '')}>
      <TextField
        label={t('people.search')}
        type="search"
        value={params.q}
        hint={t('people.search_hint')}
        onChange={(q) => onChange({ q, offset: '' })}
        testId="people-search"
        plain
      />
      <ChoiceField
        label={t('roles.role')}
        value={params.role as Role | ''}
        any={t('filter.any')}
        options={ROLE_ORDER.map((value) => ({ value, title: t(`role.${value}`) }))}
        onChange={(role) => onChange({ role, offset: '' })}
        testId="people-role"
      />
      <DivisionPicker
        label={t('filter.area')}
        within={areasOf(me, 'accounts.read')}
        chosen={division}
        onChoose={(chosen) => onChange({ division: chosen?.code ?? '', offset: '' })}
        testId="people-area"
      />
      <ChoiceField
        label={t('people.state')}
        value={params.active as 'true' | 'false' | ''}
        any={t('filter.any')}
        options={[
          { value: 'true', title: t('person.active') },
          { value: 'false', title: t('person.inactive') },
        ]}
        onChange={(active) => onChange({ active, offset: '' })}
        testId="people-active"
      />
    </Filter>
  );
}
