import { z } from 'zod';

const LegalBasis = z.object({ law: z.string(), article: z.string(), says: z.string() });

/** One kind of record: what is kept of whom, why, on what ground, how long. */
export const KeptRecord = z.object({
  key: z.string(),
  title: z.string(),
  of_whom: z.string(),
  what: z.string(),
  why: z.string(),
  legal_basis: z.array(LegalBasis),
  /** `days`: after which it is removed by itself; null: `text` says until when */
  keep: z.object({ days: z.number().int().positive().nullable(), text: z.string() }),
});
export type KeptRecord = z.infer<typeof KeptRecord>;

/** The privacy statement, in the language of the request. */
export const PrivacyStatement = z.object({
  /** day of the last change of substance */
  updated: z.iso.date(),
  intro: z.string(),
  records: z.array(KeptRecord),
  /** what is looked at and not kept */
  not_kept: z.array(z.string()),
  rights: z.array(
    z.object({ key: z.string(), title: z.string(), how: z.string(), legal_basis: z.array(LegalBasis) }),
  ),
});
export type PrivacyStatement = z.infer<typeof PrivacyStatement>;

/** `password`: of an account that has one. */
export const AccountDeletion = z.strictObject({ password: z.string().max(1000).optional() });
export type AccountDeletion = z.infer<typeof AccountDeletion>;
