import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Text } from '../messages/index.ts';

const FILE = new URL('../../data/privacy/kept.yaml', import.meta.url);

const Both = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const Keys = z.array(z.string()).min(1);
const KeptFile = z.strictObject({
  updated: z.iso.date(),
  intro: Both,
  records: z.array(
    z.strictObject({
      key: z.string(),
      title: Both,
      of_whom: Both,
      what: Both,
      why: Both,
      legal_basis: Keys,
      keep: z.strictObject({ days: z.int().positive().nullable(), text: Both }),
      tables: z.array(z.string()),
    }),
  ),
  not_kept: z.array(Both),
  rights: z.array(z.strictObject({ key: z.string(), title: Both, how: Both, legal_basis: Keys })),
  legal_bases: z.record(z.string(), z.strictObject({ law: Both, article: Both, says: Both })),
  no_personal_data: z.record(z.string(), Both),
});
export type KeptFile = z.infer<typeof KeptFile>;

/** data/privacy/kept.yaml. Throws with what is wrong: the server does not start with a statement that is wrong. */
export function readKept(text: string = readFileSync(FILE, 'utf8')): KeptFile {
  const document = parseDocument(text, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) throw new Error(`data/privacy/kept.yaml: ${broken.message}`);
  const parsed = KeptFile.safeParse(document.toJS());
  if (!parsed.success) throw new Error(`data/privacy/kept.yaml: ${z.prettifyError(parsed.error)}`);
  const { records, rights, legal_bases } = parsed.data;
  const unknown = [...records, ...rights]
    .flatMap(({ legal_basis }) => legal_basis)
    .find((key) => legal_bases[key] === undefined);
  if (unknown !== undefined) throw new Error(`data/privacy/kept.yaml: no legal basis ${unknown}`);
  return parsed.data;
}

/** What GET /api/privacy shows, in both languages. */
export function statementOf(kept: KeptFile) {
  const bases = (keys: readonly string[]) => keys.map((key) => kept.legal_bases[key]!);
  return {
    updated: kept.updated,
    intro: kept.intro,
    records: kept.records.map(({ tables: _, legal_basis, keep, ...record }) => ({
      ...record,
      legal_basis: bases(legal_basis),
      keep: { days: keep.days, text: withDays(keep.text, keep.days) },
    })),
    not_kept: kept.not_kept,
    rights: kept.rights.map(({ legal_basis, ...right }) => ({ ...right, legal_basis: bases(legal_basis) })),
  };
}

function withDays({ zh, en }: Text, days: number | null): Text {
  const fill = (text: string) => text.replaceAll('{days}', String(days ?? ''));
  return { zh: fill(zh), en: fill(en) };
}
