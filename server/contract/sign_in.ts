import { z } from 'zod';
import { DivisionCode, Right, Role } from './account.ts';

/** What a person types to say who they are: lower case, as it is stored. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .min(2)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._@-]*$/);
export const PersonName = z.string().trim().min(1).max(64);
/** Any characters, counted as typed; more than 200 would only cost the server time. What is refused: password_rules.ts. */
export const Password = z.string().max(200);
/** 256 bits, base64url: what a one-time link carries behind its `#`. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/);
/** Six digits of an authenticator, or a recovery code; spaces and hyphens are ignored. */
export const SecondFactorCode = z.string().min(6).max(32);

export const DemonstrationRole = z.object({
  role: Role,
  division_code: DivisionCode,
  division_name: z.string(),
  login: z.string(),
  name: z.string(),
});
export type DemonstrationRole = z.infer<typeof DemonstrationRole>;

export const SignInOptions = z.object({
  /** nobody administers yet: the link that the server prints leads to `/setup#{token}` */
  setup_needed: z.boolean(),
  /** made-up people to sign in as with one click; empty but on this machine itself with demonstration land */
  demonstration_roles: z.array(DemonstrationRole),
  /** the organisation's own sign-in (OpenID Connect); null: there is none */
  oidc: z.object({ name: z.string() }).nullable(),
});
export type SignInOptions = z.infer<typeof SignInOptions>;

export const SignIn = z.union([
  z.strictObject({ login: z.string().max(64), password: Password, code: SecondFactorCode.optional() }),
  z.strictObject({ demonstration_login: z.string().max(64) }),
]);
export type SignIn = z.infer<typeof SignIn>;

/** The first administrator, with the one-time link that the server printed. */
export const Setup = z.strictObject({
  token: LinkToken,
  login: Login,
  name: PersonName,
  password: Password,
  /** the area of the installation, which this person administers */
  division_code: DivisionCode,
});
export type Setup = z.infer<typeof Setup>;

export const NamedAssignment = z.object({
  role: Role,
  division_code: DivisionCode,
  division_name: z.string(),
});
export type NamedAssignment = z.infer<typeof NamedAssignment>;

/** Whoever is signed in, and what they may do where. */
export const Me = z.object({
  account: z.object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    division_code: DivisionCode,
    division_name: z.string(),
    demonstration: z.boolean(),
    version: z.int(),
    has_password: z.boolean(),
    /** linked with the organisation's own sign-in */
    external: z.boolean(),
  }),
  assignments: z.array(NamedAssignment),
  /** only rights that the person has somewhere */
  rights: z.array(z.object({ right: Right, division_codes: z.array(DivisionCode) })),
  /** goes into `X-CSRF-Token` with every change; null: a program with a token */
  csrf_token: z.string().nullable(),
  session: z.object({ id: z.string(), second_factor: z.boolean() }).nullable(),
  second_factor: z.object({ enabled: z.boolean(), recovery_codes_left: z.int() }),
  password_change_required: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const Session = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  second_factor: z.boolean(),
  /** what the browser called itself */
  agent: z.string(),
  address: z.string(),
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;
export const SessionList = z.object({ sessions: z.array(Session) });

/** `current` may only be missing where the account has no password yet. */
export const PasswordChange = z.strictObject({ current: Password.optional(), password: Password });
export type PasswordChange = z.infer<typeof PasswordChange>;
export const PasswordByLink = z.strictObject({ token: LinkToken, password: Password });
export type PasswordByLink = z.infer<typeof PasswordByLink>;

/** Shown once: a secret in base32, the same as otpauth:// URI, and that as a QR code (SVG). */
export const SecondFactorSecret = z.object({ secret: z.string(), uri: z.string(), qr_svg: z.string() });
export type SecondFactorSecret = z.infer<typeof SecondFactorSecret>;
export const SecondFactorProof = z.strictObject({ code: SecondFactorCode });
/** Shown once; each lets in once without the authenticator. */
export const RecoveryCodes = z.object({ recovery_codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** `current`: the password, where the account has one. */
export const ExternalLinkStart = z.strictObject({ current: Password.optional() });
/** Where the browser goes to prove who one is at the organisation's own sign-in. */
export const ExternalLink = z.object({ url: z.string() });
export type ExternalLink = z.infer<typeof ExternalLink>;
