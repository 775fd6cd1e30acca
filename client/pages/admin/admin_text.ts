import { textSection } from '../../components/text_section.tsx';
import type zh from '../../messages/admin.zh.json';
import type { StaffKey } from '../../staff/staff_text.ts';
import type { Language, MessageKey, Params } from '../../text/messages.ts';

type AdminKey = keyof typeof zh;
export type AnyAdminKey = AdminKey | StaffKey;
export type AdminT = (key: AnyAdminKey | MessageKey, params?: Params) => string;

/** The administration's own texts and those that all staff pages share. */
const load = async (language: Language): Promise<Record<AnyAdminKey, string>> => {
  const [own, shared] =
    language === 'en'
      ? await Promise.all([import('../../messages/admin.en.json'), import('../../messages/staff.en.json')])
      : await Promise.all([import('../../messages/admin.zh.json'), import('../../messages/staff.zh.json')]);
  return { ...shared.default, ...own.default };
};

/** Texts of the administrator's pages. */
export const { Provider: AdminTextProvider, useText: useAdminText } = textSection<AnyAdminKey>(load);
