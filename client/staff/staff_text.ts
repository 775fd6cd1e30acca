import { textSection } from '../components/text_section.tsx';
import type zh from '../messages/staff.zh.json';
import type { Language } from '../text/messages.ts';

export type StaffKey = keyof typeof zh;

const load = async (language: Language): Promise<Record<StaffKey, string>> =>
  (language === 'en' ? await import('../messages/staff.en.json') : await import('../messages/staff.zh.json'))
    .default;

/** Texts of the pages of those who have an account. */
export const { Provider: StaffTextProvider, useText: useStaffText } = textSection<StaffKey>(load);
