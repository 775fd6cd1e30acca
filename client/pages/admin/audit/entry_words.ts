import type { TrailEntry } from '../../../../server/contract/index.ts';
import { actionWords } from '../../../staff/action_words.ts';
import type { AdminT, AnyAdminKey } from '../admin_text.ts';
import { ROLE_ORDER } from '../people/role_list.ts';

const KINDS = [
  'account',
  'session',
  'api_token',
  'audit',
  'installation',
  'file',
  'job',
  'check',
  'retention',
];
const FIELDS = [
  'login',
  'name',
  'division_code',
  'active',
  'external',
  'assignments',
  'label',
  'rights',
  'expires_at',
  'kind',
  'status',
  'entries',
  'chains',
  'broken',
  'against_kept_heads',
  'format',
  'purpose',
  'bytes',
  'media_type',
  'sha256',
  'rows',
  'files',
  'engine',
  'encrypted',
  'created_at',
  'verified_at',
  'missing_files',
  'app_version',
  'problem',
];
const ROLE = /^([a-z_]+):(\d+)$/;

/** Who did it, as far as the reader may know. */
export function whoWords({ account, via }: TrailEntry, t: AdminT): string {
  if (account === null) return t('audit.nobody');
  const name = account.name === null ? account.login : `${account.name} (${account.login})`;
  return via.startsWith('token:') ? t('audit.by_token', { name }) : name;
}

/** What the entry is about: 账号 12. */
export const recordWords = (
  { record_kind, record_id }: Pick<TrailEntry, 'record_kind' | 'record_id'>,
  t: AdminT,
): string =>
  KINDS.includes(record_kind)
    ? t('audit.record', { kind: t(`record.${record_kind}` as AnyAdminKey), id: record_id })
    : `${record_kind} ${record_id}`;

/** The entry in one sentence. */
export const sentence = (entry: TrailEntry, t: AdminT): string =>
  t('audit.sentence', {
    who: whoWords(entry, t),
    action: actionWords(entry.action, t),
    record: recordWords(entry, t),
    area: entry.division_name ?? entry.division_code,
  });

/** The name of a value of a record; what has none is called as the trail calls it. */
export const fieldWords = (key: string, t: AdminT): string =>
  FIELDS.includes(key) ? t(`field.${key}` as AnyAdminKey) : key;

/** A value as people read it. */
export function valueWords(value: unknown, t: AdminT): string {
  if (value === null) return t('diff.none');
  if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
  if (Array.isArray(value))
    return value.length === 0
      ? t('diff.none')
      : value.map((item) => valueWords(item, t)).join(t('list.separator'));
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  const [, role, area] = ROLE.exec(text) ?? [];
  const known = ROLE_ORDER.find((each) => each === role);
  return known === undefined || area === undefined ? text : t('role.in', { role: t(`role.${known}`), area });
}
