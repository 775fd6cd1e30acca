import { textSection } from '../../components/text_section.tsx';
import type zh from '../../messages/inspector.zh.json';
import type { StaffKey } from '../../staff/staff_text.ts';
import type { Language, MessageKey, Params } from '../../text/messages.ts';

export type InspectorKey = keyof typeof zh;
type AnyKey = InspectorKey | StaffKey;
export type InspectorT = (key: AnyKey | MessageKey, params?: Params) => string;

const load = async (language: Language): Promise<Record<AnyKey, string>> => {
  const [own, shared] =
    language === 'en'
      ? await Promise.all([
          import('../../messages/inspector.en.json'),
          import('../../messages/staff.en.json'),
        ])
      : await Promise.all([
          import('../../messages/inspector.zh.json'),
          import('../../messages/staff.zh.json'),
        ]);
  return { ...shared.default, ...own.default };
};

/** Texts of the batch pages, and those that all staff pages share. */
export const { Provider: InspectorTextProvider, useText: useInspectorText } = textSection<AnyKey>(load);
