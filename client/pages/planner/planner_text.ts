import { textSection } from '../../components/text_section.tsx';
import type zh from '../../messages/planner.zh.json';
import type { StaffKey } from '../../staff/staff_text.ts';
import type { Language, MessageKey, Params } from '../../text/messages.ts';

type PlannerKey = keyof typeof zh;
export type AnyPlannerKey = PlannerKey | StaffKey;
export type PlannerT = (key: AnyPlannerKey | MessageKey, params?: Params) => string;

const load = async (language: Language): Promise<Record<AnyPlannerKey, string>> => {
  const [own, shared] =
    language === 'en'
      ? await Promise.all([import('../../messages/planner.en.json'), import('../../messages/staff.en.json')])
      : await Promise.all([import('../../messages/planner.zh.json'), import('../../messages/staff.zh.json')]);
  return { ...shared.default, ...own.default };
};

/** Texts of the planner's page, and those that all staff pages share. */
export const { Provider: PlannerTextProvider, useText: usePlannerText } = textSection<AnyPlannerKey>(load);
