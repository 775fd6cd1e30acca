import { Readable } from 'node:stream';
import {
  OwnTrailQuery,
  SignedHeads,
  TrailExportQuery,
  TrailPage,
  TrailQuery,
  Verification,
  VerificationRequest,
} from '../contract/index.ts';
import type { Database, Scope } from '../db/index.ts';
import { type Call, type Endpoint, endpoint, Gate, Reply } from '../http/index.ts';
import type { InstallationKey } from '../keys.ts';
import { Problem } from '../problems.ts';
import { currentHeads } from './current_heads.ts';
import { beginExport, exportText } from './export_trail.ts';
import { readOwnTrail, readTrail, wantedOf } from './read_trail.ts';
import { type Slices, slicesOf } from './slices.ts';
import { beginVerification, verificationText } from './verification.ts';

export interface AuditContext {
  /** for what is read in slices */
  database: () => Database | null;
  key: InstallationKey;
}

/** Verifications at once: each reads the whole trail. */
const MAX_VERIFICATIONS = 2;
const TYPES = { ndjson: 'application/x-ndjson; charset=utf-8', csv: 'text/csv; charset=utf-8' };
const PRIVATE = { 'Cache-Control': 'private, no-store' };

export function auditRoutes({ database, key }: AuditContext): Endpoint[] {
  const verifications = new Gate(MAX_VERIFICATIONS);
  const slices = (call: Call<unknown, unknown, unknown>): Slices => {
    const open = database();
    if (open === null) throw new Problem('starting');
    return slicesOf(open.knex, scopeOf(call));
  };
  return [
    endpoint({
      method: 'get',
      path: '/api/audit',
      summary: 'The audit trail of the areas in which the caller may read it, newest first.',
      access: 'audit.read',
      query: TrailQuery,
      reply: TrailPage,
      handle: ({ db, query: { before, limit, lang: _, ...filters } }) =>
        readTrail(db, wantedOf(filters), { before, limit }),
    }),
    endpoint({
      method: 'get',
      path: '/api/me/trail',
      summary: 'What the caller did, and what was done to their account, newest first.',
      access: 'signed_in',
      query: OwnTrailQuery,
      reply: TrailPage,
      handle: ({ db, query, who }) => readOwnTrail(db, who.actor!.account_id, query),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/export',
      summary:
        'The same as a file, NDJSON or CSV, at most 100,000 entries; the export is an entry of the trail itself.',
      access: 'audit.read',
      query: TrailExportQuery,
      reply: 'application/x-ndjson',
      transaction: false,
      problems: ['export_too_large'],
      handle: async (call) => {
        const { query, who, areas, signal } = call;
        const sliced = slices(call);
        const wanted = await sliced((db) => beginExport(db, who, areas, query));
        const text = exportText(sliced, wanted, query.format, signal);
        const file = `cunma-audit-${new Date().toISOString().slice(0, 10)}.${query.format}`;
        return new Reply(told(Readable.from(text), call), {
          headers: {
            ...PRIVATE,
            'Content-Type': TYPES[query.format],
            'Content-Disposition': `attachment; filename="${file}"`,
          },
        });
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/heads',
      summary:
        "The last hash of each chain within the caller's areas, signed by the installation: to be kept elsewhere.",
      access: 'audit.read',
      reply: SignedHeads,
      handle: ({ db, areas }) => currentHeads(db, areas, key),
    }),
    endpoint({
      method: 'post',
      path: '/api/audit/verification',
      summary:
        'Computes every chain of the trail anew and says where the first link is broken. Needs the right in the area of the whole installation.',
      access: 'audit.read',
      body: VerificationRequest,
      reply: Verification,
      transaction: false,
      problems: ['forbidden', 'heads_invalid', 'heads_foreign', 'busy'],
      handle: async (call) => {
        const { body, who, areas, signal, language } = call;
        const sliced = slices(call);
        const { kept, area } = await sliced((db) => beginVerification(db, areas, body.heads, key));
        const leave = verifications.take(1);
        const text = verificationText(sliced, { kept, area, who, signal, language });
        const stream = told(Readable.from(text), call);
        stream.once('close', leave);
        return new Reply(stream, {
          headers: { ...PRIVATE, 'Content-Type': 'application/json; charset=utf-8' },
        });
      },
    }),
  ];
}

/** What fails in the middle can only break off; the log has to say why. */
function told(stream: Readable, { warn }: Call<unknown, unknown, unknown>): Readable {
  return stream.on('error', (error) => warn('a reply about the trail broke off', error));
}

function scopeOf({ who, areas }: Call<unknown, unknown, unknown>): Scope {
  return { role: 'cunma_app', account: who.actor?.account_id ?? null, areas };
}
