import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Never in the trail, not even in part. */
const SECRET = /password|secret|token(?!_id$)|_hash$|totp|recovery_code|signature|private_key/;
/** Where a plot lies says whose it is; the record itself has it. */
const PLACE = new Set(['geom', 'geometry', 'coordinates', 'point', 'bbox', 'answer']);
const NAME = new Set(['name', 'applicant', 'owner', 'contact', 'reporter', 'family_name', 'given_name']);
const LOGIN = new Set(['login', 'email', 'external_subject', 'external']);
const PHONE = new Set(['phone', 'mobile', 'telephone', 'tel']);
const ID_NUMBER = new Set(['id_number', 'id_card', 'identity_number']);
const ADDRESS = new Set(['address', 'ip']);

const HIDDEN = '***';
/** Longer texts are kept as their length and SHA-256: enough to prove which text it was. */
export const MAX_TEXT = 1000;

/** A mobile number and a citizen's number (GB 11643), wherever they stand in a text. */
const MOBILE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g;
const CITIZEN = /(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?![\dXx])/g;

/**
 * A record as the trail keeps it: secrets and places left out, names, logins, telephone and citizen's numbers and
 * network addresses in part (docs/audit.md has the table). Doing it twice changes nothing.
 */
export function masked(value: unknown): unknown {
  return walk(value, '');
}

function walk(value: unknown, key: string): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (SECRET.test(key) || PLACE.has(key)) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => walk(item, key));
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  if (typeof value === 'string') return maskText(value, key);
  return typeof value === 'bigint' ? String(value) : value;
}

function maskText(text: string, key: string): string {
  if (text === '') return text;
  if (NAME.has(key)) return `${[...text][0]}**`;
  if (LOGIN.has(key)) return maskLogin(text);
  if (PHONE.has(key)) return maskNumber(text, 4);
  if (ID_NUMBER.has(key)) return maskNumber(text, 2);
  if (ADDRESS.has(key)) return maskAddress(text);
  return shorten(text.replace(CITIZEN, '$1***********$2').replace(MOBILE, '$1****$2'));
}

/** `zhangsan` → `zh***`: enough to recognise among the people of one office. */
export function maskLogin(login: string): string {
  return /^.{0,2}\*{3}$/.test(login) ? login : `${login.slice(0, Math.min(2, login.length - 1))}${HIDDEN}`;
}

function maskNumber(text: string, last: number): string {
  return text.length <= 3 + last ? HIDDEN : `${text.slice(0, 3)}****${text.slice(-last)}`;
}

/** IPv4 without its last number, IPv6 without all after the first 48 bits. */
function maskAddress(address: string): string {
  const four = /^((?:::ffff:)?\d+\.\d+\.\d+)\.(?:\d+|\*\*)$/.exec(address);
  if (four) return `${four[1]}.**`;
  if (isIPv6(address)) return `${address.split(':').slice(0, 3).join(':')}:**`;
  return /^[\da-f:]{2,14}:\*\*$/i.test(address) ? address : HIDDEN;
}

function shorten(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  return `[${text.length}] sha256:${createHash('sha256').update(text).digest('hex')}`;
}
