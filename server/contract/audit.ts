import { z } from 'zod';
import { Assignment, DivisionCode } from './account.ts';

/** How many entries one page of the trail holds at most. */
export const MAX_TRAIL_PAGE = 200;

/** `lang`: of texts, as everywhere */
const LANG = { lang: z.string().max(16).optional() };
const FILTERS = {
  /** account id */
  account: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  /** `account.create`; `account.*`: whatever was done to accounts */
  action: z
    .string()
    .regex(/^[a-z_]+\.(\*|[a-z_]+)$/)
    .max(64)
    .optional(),
  record_kind: z.string().min(1).max(32).optional(),
  record_id: z.string().min(1).max(64).optional(),
  /** the area and all below it */
  division: DivisionCode.optional(),
  /** first day, in China's time */
  from: z.iso.date().optional(),
  /** last day, in China's time */
  until: z.iso.date().optional(),
};
export const TrailFilters = z.strictObject(FILTERS);
export type TrailFilters = z.infer<typeof TrailFilters>;

const PAGE = {
  /** `next` of the page before */
  before: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z~\d{6}~\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_TRAIL_PAGE).default(50),
};
export const TrailQuery = z.strictObject({ ...FILTERS, ...PAGE, ...LANG });
export type TrailQuery = z.infer<typeof TrailQuery>;
export const OwnTrailQuery = z.strictObject({ ...PAGE, ...LANG });
export type OwnTrailQuery = z.infer<typeof OwnTrailQuery>;

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export const TrailExportQuery = z.strictObject({
  ...FILTERS,
  format: z.enum(EXPORT_FORMATS).default('ndjson'),
  ...LANG,
});
export type TrailExportQuery = z.infer<typeof TrailExportQuery>;

/** One entry of the trail. Personal data in `before` and `after` is masked. */
export const TrailEntry = z.object({
  /** the chain: a county, or `000000` for the installation and wider areas */
  county_code: z.string(),
  /** number in the chain, from 1 */
  seq: z.string(),
  /** UTC, RFC 3339 with microseconds */
  at: z.string(),
  /** null: nobody was signed in, or the operator's command */
  account: z
    .object({
      id: z.string(),
      /** partly masked, as the trail keeps it */
      login: z.string(),
      /** as it is today; null: the account lies outside the reader's area */
      name: z.string().nullable(),
    })
    .nullable(),
  roles: z.array(Assignment),
  /** `session`, `token:{id}`, `none` */
  via: z.string(),
  /** from where; null: not shown to the person that the entry is about */
  address: z.string().nullable(),
  request_id: z.string(),
  right: z.string().nullable(),
  action: z.string(),
  record_kind: z.string(),
  record_id: z.string(),
  division_code: z.string(),
  division_name: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  /** SHA-256, hexadecimal */
  hash: z.string(),
});
export type TrailEntry = z.infer<typeof TrailEntry>;

export const TrailPage = z.object({
  /** newest first */
  entries: z.array(TrailEntry),
  /** `before` of the following page; null: that was all */
  next: z.string().nullable(),
});
export type TrailPage = z.infer<typeof TrailPage>;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const ChainHead = z.strictObject({
  county_code: z.string().regex(/^\d{6}$/),
  /** number of the last entry */
  seq: z.string().regex(/^\d{1,18}$/),
  hash: Hash,
});
export type ChainHead = z.infer<typeof ChainHead>;

/** What is signed: canonical JSON (RFC 8785) of this, UTF-8. */
export const HeadsDocument = z.strictObject({
  kind: z.literal('cunma-audit-heads'),
  version: z.literal(1),
  /** when the heads were read, UTC */
  at: z.string().max(40),
  /** SHA-256 of the installation's public key (DER) */
  fingerprint: Hash,
  heads: z.array(ChainHead).max(10_000),
});
export type HeadsDocument = z.infer<typeof HeadsDocument>;

export const SignedHeads = z.strictObject({
  document: HeadsDocument,
  /** Ed25519, SPKI PEM */
  public_key: z.string().max(1000),
  /** Ed25519 (RFC 8032), base64 */
  signature: z.string().max(200),
});
export type SignedHeads = z.infer<typeof SignedHeads>;

/**
 * What is wrong with a chain, first fault first:
 * `missing` — entries `seq` and following are not there; `changed` — an entry or the one before it was changed;
 * `columns` — what is searched by differs from what was hashed; `head` — the head does not belong to the last entry;
 * `head_missing` — entries without a head; `beyond_head` — entries after the head;
 * `kept_head` — the chain is not the one whose head was signed and kept.
 */
export const CHAIN_FAULTS = [
  'missing',
  'changed',
  'columns',
  'head',
  'head_missing',
  'beyond_head',
  'kept_head',
] as const;
export const ChainFault = z.object({
  kind: z.enum(CHAIN_FAULTS),
  /** the number in the chain at which it shows */
  seq: z.string(),
  /** the fault in words, in the language of the request */
  text: z.string(),
});
export type ChainFault = z.infer<typeof ChainFault>;

export const VerifiedChain = z.object({
  county_code: z.string(),
  county_name: z.string().nullable(),
  /** entries read and found in order */
  entries: z.number().int(),
  head: ChainHead.nullable(),
  ok: z.boolean(),
  fault: ChainFault.nullable(),
});
export type VerifiedChain = z.infer<typeof VerifiedChain>;

export const VerificationRequest = z.strictObject({
  /** heads kept elsewhere: only they show that a whole chain was written anew */
  heads: SignedHeads.optional(),
});
export const Verification = z.object({
  chains: z.array(VerifiedChain),
  ok: z.boolean(),
  entries: z.number().int(),
});
export type Verification = z.infer<typeof Verification>;
