import { z } from 'zod';
import { Assignment, DivisionCode, Right, Role } from './account.ts';
import { Login, NamedAssignment, PersonName } from './sign_in.ts';

/** An account, as those see it who administer or audit its area. */
export const Account = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  /** the office: whoever administers this area administers the account */
  division_code: DivisionCode,
  division_name: z.string(),
  active: z.boolean(),
  demonstration: z.boolean(),
  version: z.int(),
  created_at: z.iso.datetime(),
  last_sign_in_at: z.iso.datetime().nullable(),
  /** those that lie in the caller's areas */
  assignments: z.array(NamedAssignment),
  /** all that the account may do lies in the areas that the caller administers: its ways in may be changed */
  within_area: z.boolean(),
  /** who it is at the organisation's own sign-in */
  external_subject: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

export const AccountSearch = z.object({
  /** part of a login or a name */
  q: z.string().max(64).optional(),
  role: Role.optional(),
  /** office or a role there or below */
  division: DivisionCode.optional(),
  active: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  lang: z.string().optional(),
});
export type AccountSearch = z.infer<typeof AccountSearch>;
export const AccountList = z.object({ accounts: z.array(Account), number_matched: z.int() });
export type AccountList = z.infer<typeof AccountList>;

const Assignments = z.array(Assignment).max(50);
const ExternalSubject = z.string().trim().min(1).max(255);
export const NewAccount = z.strictObject({
  login: Login,
  name: PersonName,
  division_code: DivisionCode,
  assignments: Assignments,
  external_subject: ExternalSubject.optional(),
});
export type NewAccount = z.infer<typeof NewAccount>;

/** `version`: the one that was shown. `assignments`: all that there shall be in the caller's areas. */
export const AccountEdit = z.strictObject({
  version: z.int().min(1),
  name: PersonName.optional(),
  division_code: DivisionCode.optional(),
  active: z.boolean().optional(),
  assignments: Assignments.optional(),
  external_subject: ExternalSubject.nullable().optional(),
});
export type AccountEdit = z.infer<typeof AccountEdit>;

/** A link that sets a password once; shown once, handed over by whoever made it. */
export const PasswordLink = z.object({ url: z.string(), expires_at: z.iso.datetime() });
export type PasswordLink = z.infer<typeof PasswordLink>;
export const CreatedAccount = z.object({ account: Account, password_link: PasswordLink });
export type CreatedAccount = z.infer<typeof CreatedAccount>;

export const NewToken = z.strictObject({
  label: z.string().trim().min(1).max(100),
  rights: z.array(Right).min(1).max(20),
  division_code: DivisionCode,
  /** at most a year from now */
  expires_at: z.iso.datetime({ offset: true }),
});
export type NewToken = z.infer<typeof NewToken>;
export const ApiToken = z.object({
  id: z.string(),
  label: z.string(),
  rights: z.array(Right),
  division_code: DivisionCode,
  division_name: z.string(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  revoked_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;
export const TokenList = z.object({ tokens: z.array(ApiToken) });
/** `token` is shown this once and stands nowhere. */
export const CreatedToken = ApiToken.extend({ token: z.string() });
export type CreatedToken = z.infer<typeof CreatedToken>;
