import type { Right } from '../../../server/contract/index.ts';
import { cells, polygon, VILLAGE } from '../test_land.ts';
import type { RecordKind } from './records.ts';

/** What one call is made of, besides who makes it. */
export interface Input {
  /** key of the record that the call is about; '' where it is about none */
  record: string;
  /** the area that the call writes into, or that of the record */
  area: string;
  stamp: string;
  /** of the catalogue: what a QR code of the test village holds */
  village_token: string;
}

export interface Sent {
  path?: string;
  body?: unknown;
  form?: Record<string, string>;
}

export interface Row {
  /** as it is registered */
  route: string;
  /** who gets past the door: everybody, whoever is signed in, or whoever has this right somewhere */
  access: 'public' | 'optional' | 'signed_in' | Right;
  /** the record that `:id` names, made for every call */
  of?: RecordKind;
  /** only with one's own: of those that one sees beside, forbidden */
  mine?: true;
  /** beside one's own, those of the areas in which one has this right */
  others?: Right;
  /** what it takes to change those of others that one sees */
  changes?: Right;
  /** it writes into the area given: forbidden beyond one's own */
  into?: true;
  /** it is about the whole installation: the right in a part of it is not enough */
  whole?: true;
  /** its reply holds the keys of these records, as far as one may see them */
  lists?: RecordKind;
  /** it opens a way in for a person: a program with a token is refused, however many rights it has */
  people_only?: true;
  /** status, or the problem's code, where everything is right */
  done: number | string;
  send?: (input: Input) => Sent;
}

const SHAPE = polygon(cells(1.9, 0.2, 2.1, 0.3));
const NEVER = 'A'.repeat(43);
const inAYear = () => new Date(Date.now() + 300 * 86_400_000).toISOString();
const page = (path: string): Row => ({ route: `GET ${path}`, access: 'public', done: 200 });

/** Pages are registered only where the client has been built. */
export const PAGES: readonly Row[] = [
  page('/'),
  { ...page('/^\\/v\\/\\d{12}\\/?$/'), send: () => ({ path: `/v/${VILLAGE}` }) },
  { ...page('/checks/:id'), send: () => ({ path: `/checks/${'0'.repeat(32)}` }) },
  ...['/check', '/rules', '/privacy', '/sign-in', '/setup', '/set-password', '/me', '/planner'].map(page),
  { ...page('/inspector{/*rest}'), send: () => ({ path: '/inspector/1/2' }) },
  { ...page('/admin{/*rest}'), send: () => ({ path: '/admin/people' }) },
  { ...page('/staff{/*rest}'), send: () => ({ path: '/staff' }) },
];

/** Every route of the server and who may call it, written by hand: docs/roles.md says which role has which right. */
export const ROWS: readonly Row[] = [
  { route: 'GET /healthz', access: 'public', done: 200 },
  { route: 'GET /readyz', access: 'public', done: 200 },
  { route: 'GET /metrics', access: 'installation.read', whole: true, done: 200 },
  { route: 'GET /api/openapi.json', access: 'public', done: 200 },
  { route: 'GET /api/installation', access: 'installation.read', whole: true, done: 200 },

  // signing in
  { route: 'GET /api/sign-in-options', access: 'public', done: 200 },
  {
    route: 'POST /api/setup',
    access: 'public',
    done: 'link_invalid',
    send: ({ area }) => ({
      body: { token: NEVER, login: 'first', name: '甲', password: 'kurz und gut 2026', division_code: area },
    }),
  },
  {
    route: 'POST /api/sessions',
    access: 'public',
    done: 'sign_in_failed',
    send: ({ stamp }) => ({ body: { login: stamp, password: 'wrong' } }),
  },
  { route: 'DELETE /api/sessions/current', access: 'optional', done: 204 },
  {
    route: 'POST /api/passwords',
    access: 'public',
    done: 'link_invalid',
    send: () => ({ body: { token: NEVER, password: 'kurz und gut 2026' } }),
  },

  // one's own
  { route: 'GET /api/me', access: 'signed_in', done: 200 },
  { route: 'GET /api/me/sessions', access: 'signed_in', done: 200 },
  { route: 'DELETE /api/me/sessions/:id', access: 'signed_in', of: 'session', mine: true, done: 204 },
  {
    route: 'PUT /api/me/password',
    access: 'signed_in',
    done: 204,
    send: () => ({ body: { password: 'kurz und gut 2026' } }),
  },
  { route: 'POST /api/me/second-factor', access: 'signed_in', done: 200 },
  {
    route: 'POST /api/me/second-factor/confirm',
    access: 'signed_in',
    done: 'second_factor_absent',
    send: () => ({ body: { code: '000000' } }),
  },
  {
    route: 'DELETE /api/me/second-factor',
    access: 'signed_in',
    done: 'second_factor_absent',
    send: () => ({ body: { code: '000000' } }),
  },
  { route: 'GET /api/me/trail', access: 'signed_in', done: 200 },
  { route: 'GET /api/me/data', access: 'signed_in', done: 200 },
  { route: 'DELETE /api/me', access: 'signed_in', done: 204, send: () => ({ body: {} }) },
  // no organisation's own sign-in stands behind this installation
  {
    route: 'POST /api/me/external',
    access: 'signed_in',
    done: 'oidc_absent',
    send: () => ({ body: {} }),
  },
  { route: 'DELETE /api/me/external', access: 'signed_in', done: 'oidc_only_way' },
  { route: 'GET /api/oidc/start', access: 'public', done: 302 },
  {
    route: 'GET /api/oidc/callback',
    access: 'optional',
    done: 302,
    send: () => ({ path: '/api/oidc/callback?code=x&state=y' }),
  },
  { route: 'GET /api/privacy', access: 'public', done: 200 },

  // people
  { route: 'GET /api/roles', access: 'signed_in', done: 200 },
  {
    route: 'GET /api/accounts',
    access: 'accounts.read',
    lists: 'account',
    done: 200,
    send: ({ stamp }) => ({ path: `/api/accounts?q=${stamp}&limit=200` }),
  },
  {
    route: 'POST /api/accounts',
    access: 'accounts.manage',
    into: true,
    people_only: true,
    done: 201,
    send: ({ area, stamp }) => ({
      body: {
        login: stamp,
        name: '乙',
        division_code: area,
        assignments: [{ role: 'planner', division_code: area }],
      },
    }),
  },
  { route: 'GET /api/accounts/:id', access: 'accounts.read', of: 'account', done: 200 },
  {
    route: 'PATCH /api/accounts/:id',
    access: 'accounts.manage',
    of: 'account',
    done: 200,
    send: () => ({ body: { version: 1, name: '丙' } }),
  },
  {
    route: 'POST /api/accounts/:id/password-link',
    access: 'accounts.manage',
    of: 'account',
    people_only: true,
    done: 201,
  },
  {
    route: 'DELETE /api/accounts/:id/second-factor',
    access: 'accounts.manage',
    of: 'account',
    people_only: true,
    done: 'second_factor_absent',
  },
  { route: 'GET /api/accounts/:id/sessions', access: 'accounts.manage', of: 'account', done: 200 },
  {
    route: 'DELETE /api/accounts/:id/sessions',
    access: 'accounts.manage',
    of: 'account',
    done: 204,
  },
  { route: 'GET /api/accounts/:id/tokens', access: 'accounts.read', of: 'account', done: 200 },
  {
    route: 'POST /api/accounts/:id/tokens',
    access: 'accounts.manage',
    of: 'account',
    people_only: true,
    done: 201,
    send: ({ area }) => ({
      body: { label: 'x', rights: ['checks.read'], division_code: area, expires_at: inAYear() },
    }),
  },
  {
    route: 'DELETE /api/tokens/:id',
    access: 'accounts.manage',
    of: 'token',
    done: 204,
  },

  // places, checks and rules
  { route: 'GET /api/divisions', access: 'public', done: 200 },
  { route: 'GET /api/villages', access: 'public', done: 200 },
  {
    route: 'GET /api/villages/:code',
    access: 'public',
    done: 200,
    send: () => ({ path: `/api/villages/${VILLAGE}` }),
  },
  {
    route: 'GET /api/villages/:code/map',
    access: 'public',
    done: 200,
    send: () => ({ path: `/api/villages/${VILLAGE}/map` }),
  },
  {
    route: 'GET /api/villages/:code/qr.svg',
    access: 'public',
    done: 200,
    send: () => ({ path: `/api/villages/${VILLAGE}/qr.svg` }),
  },
  {
    route: 'GET /api/villages/:code/qr.png',
    access: 'public',
    done: 200,
    send: () => ({ path: `/api/villages/${VILLAGE}/qr.png` }),
  },
  { route: 'GET /api/legend', access: 'public', done: 200 },
  {
    route: 'GET /q/:token',
    access: 'public',
    done: 302,
    send: ({ village_token }) => ({ path: `/q/${village_token}` }),
  },
  { route: 'GET /api/rules', access: 'public', done: 200 },
  {
    route: 'POST /api/checks',
    access: 'public',
    done: 201,
    send: () => ({ body: { geometry: SHAPE, activity: 'house' } }),
  },
  { route: 'GET /api/checks/:id', access: 'public', of: 'check', done: 200 },
  { route: 'DELETE /api/checks/:id', access: 'public', of: 'check', done: 204 },
  { route: 'GET /api/checks', access: 'checks.read', lists: 'check', done: 200 },
  { route: 'GET /api/indicators', access: 'indicators.read', done: 200 },
  { route: 'POST /api/shapes', access: 'public', done: 200, send: () => ({ body: { geometry: SHAPE } }) },
  {
    route: 'POST /api/clear-places',
    access: 'public',
    done: 200,
    send: () => ({ body: { geometry: SHAPE, activity: 'house', radius_m: 20 } }),
  },
  {
    route: 'POST /api/overlays',
    access: 'overlays.run',
    done: 200,
    send: () => ({ body: { geometry: SHAPE, layers: ['land_use'] } }),
  },
  {
    route: 'POST /api/overlays/export',
    access: 'overlays.run',
    done: 200,
    send: () => ({ body: { parcels: [{ name: 'matrix', geometry: SHAPE }], format: 'csv' } }),
  },
  {
    route: 'POST /api/uploads',
    access: 'optional',
    done: 200,
    send: () => ({ form: { file: JSON.stringify(SHAPE) } }),
  },

  // batches: the records of their areas to whoever may overlay there
  {
    route: 'POST /api/overlay-batches',
    access: 'overlays.run',
    into: true,
    done: 201,
    send: ({ area }) => ({ form: { division_code: area, file: JSON.stringify(SHAPE) } }),
  },
  { route: 'GET /api/overlay-batches', access: 'overlays.run', lists: 'batch', done: 200 },
  { route: 'GET /api/overlay-batches/:id', access: 'overlays.run', of: 'batch', done: 200 },
  { route: 'GET /api/overlay-batches/:id/items', access: 'overlays.run', of: 'batch', done: 200 },
  {
    route: 'GET /api/overlay-batches/:id/items/:index',
    access: 'overlays.run',
    of: 'batch',
    done: 200,
    send: ({ record }) => ({ path: `/api/overlay-batches/${record}/items/1` }),
  },
  { route: 'GET /api/overlay-batches/:id/map', access: 'overlays.run', of: 'batch', done: 200 },
  {
    route: 'GET /api/overlay-batches/:id/export',
    access: 'overlays.run',
    of: 'batch',
    done: 200,
    send: ({ record }) => ({ path: `/api/overlay-batches/${record}/export?format=csv` }),
  },
  {
    route: 'DELETE /api/overlay-batches/:id',
    access: 'overlays.run',
    of: 'batch',
    mine: true,
    others: 'overlays.run',
    done: 204,
  },

  // files
  {
    route: 'POST /api/files',
    access: 'files.write',
    into: true,
    done: 201,
    send: ({ area, stamp }) => ({ form: { purpose: 'data', division_code: area, file: `${stamp}\n` } }),
  },
  { route: 'GET /api/files', access: 'signed_in', lists: 'file', others: 'files.read', done: 200 },
  { route: 'GET /api/files/:id', access: 'signed_in', of: 'file', others: 'files.read', done: 200 },
  { route: 'GET /api/files/:id/content', access: 'signed_in', of: 'file', others: 'files.read', done: 200 },
  {
    route: 'GET /api/files/:id/picture',
    access: 'signed_in',
    of: 'picture',
    others: 'files.read',
    done: 200,
  },
  {
    route: 'DELETE /api/files/:id',
    access: 'files.write',
    of: 'file',
    mine: true,
    others: 'files.write',
    done: 204,
  },

  // the trail
  {
    route: 'GET /api/audit',
    access: 'audit.read',
    lists: 'entry',
    done: 200,
    send: ({ stamp }) => ({ path: `/api/audit?action=matrix.${stamp}` }),
  },
  {
    route: 'GET /api/audit/export',
    access: 'audit.read',
    lists: 'entry',
    done: 200,
    send: ({ stamp }) => ({ path: `/api/audit/export?format=ndjson&action=matrix.${stamp}` }),
  },
  { route: 'GET /api/audit/heads', access: 'audit.read', done: 200 },
  {
    route: 'POST /api/audit/verification',
    access: 'audit.read',
    whole: true,
    done: 200,
    send: () => ({ body: {} }),
  },

  // jobs and backups
  { route: 'GET /api/jobs', access: 'signed_in', lists: 'failed_job', others: 'jobs.read', done: 200 },
  {
    route: 'POST /api/jobs',
    access: 'jobs.manage',
    into: true,
    done: 201,
    send: ({ area }) => ({ body: { kind: 'matrix', input: {}, division_code: area } }),
  },
  { route: 'GET /api/jobs/:id', access: 'signed_in', of: 'failed_job', others: 'jobs.read', done: 200 },
  {
    route: 'GET /api/jobs/:id/events',
    access: 'signed_in',
    of: 'failed_job',
    others: 'jobs.read',
    done: 200,
  },
  {
    route: 'DELETE /api/jobs/:id',
    access: 'signed_in',
    of: 'queued_job',
    others: 'jobs.read',
    changes: 'jobs.manage',
    done: 200,
  },
  {
    route: 'POST /api/jobs/:id/retry',
    access: 'signed_in',
    of: 'failed_job',
    others: 'jobs.read',
    changes: 'jobs.manage',
    done: 200,
  },
  { route: 'GET /api/backups', access: 'installation.read', whole: true, done: 200 },
  { route: 'POST /api/backups', access: 'installation.manage', whole: true, done: 201 },
];
