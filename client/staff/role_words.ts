import type { Me } from '../../server/contract/index.ts';
import type { SectionTexts } from '../components/text_section.tsx';
import type { StaffKey } from './staff_text.ts';

/** All that somebody is, in words: 修武县 规划员、方庄镇 乡镇办事员. */
export function roleWords(me: Pick<Me, 'assignments'>, t: SectionTexts<StaffKey>['t']): string {
  if (me.assignments.length === 0) return t('role.none');
  return me.assignments
    .map(({ role, division_name }) => t('role.in', { role: t(`role.${role}`), area: division_name }))
    .join(t('list.separator'));
}
