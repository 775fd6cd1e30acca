import type { Rule } from './folder_rules.ts';
import type { SourceFile } from './source_file.ts';
import { ANSWERING, GEOMETRY_OPERATOR, MAY_OPERATE, ROOTS } from './table.ts';

const DATABASE_PACKAGES = ['knex', 'pg', '@electric-sql/pglite', '@electric-sql/pglite-postgis'];
const IMPURE = /^(node:(?!buffer$|assert$)|knex$|pg$|@electric-sql\/|express$|pino$)/;
const NETWORK_CALL =
  /^((window|globalThis|self)\.)?(fetch|XMLHttpRequest|EventSource|WebSocket)$|^navigator\.sendBeacon$/;
/** A query builder begun: `db('village')`. What `db.raw` is given is found as a string. */
const QUERY_CALL = /^(db|trx|tx|knex)$/;
const SQL = [
  /^\s*select\s+\S/i,
  /^\s*insert\s+into\s/i,
  /^\s*update\s+[\w."?]+\s+set\s/i,
  /^\s*delete\s+from\s/i,
  /^\s*with\s+(recursive\s+)?[\w"]+(\s*\([^)]*\))?\s+as\s/i,
  /^\s*(create|alter|drop|truncate)\s+(or\s+replace\s+|unique\s+|temporary\s+|materialized\s+)*(table|index|view|function|extension|schema|type|role|database|sequence|policy)\b/i,
  /^\s*(set\s+(local|session|role)|lock\s+table|refresh\s+materialized|analyze|vacuum|notify|listen)\s+\S/i,
  /\bst_[a-z_0-9]+\s*\(/i,
];

/** Rules about what a file holds, and about packages. */
export const CONTENT_RULES: readonly Rule[] = [
  {
    sentence: 'SQL stands only in queries.ts files, server/db and migrations',
    brokenAt: (file) =>
      !isServer(file) || mayHoldSql(file)
        ? []
        : [
            ...file.strings.filter(({ text }) => SQL.some((sql) => sql.test(text))).map(({ line }) => line),
            ...file.calls
              .filter(({ name, string }) => string && QUERY_CALL.test(name))
              .map(({ line }) => line),
          ],
  },
  {
    sentence: 'the database drivers are imported only by server/db; elsewhere on the server, knex as a type',
    brokenAt: (file) =>
      file.folder === 'server/db' || file.path === 'server/cli.ts'
        ? []
        : imports(
            file,
            (target, typeOnly) =>
              DATABASE_PACKAGES.includes(target) && !(mayNameKnex(file) && target === 'knex' && typeOnly),
          ),
  },
  {
    sentence: `geometry operators (ST_Intersection, ST_Difference, ST_Union, ST_SymDifference) stand only in ${MAY_OPERATE.join(' and ')}`,
    brokenAt: (file) =>
      MAY_OPERATE.includes(file.folder)
        ? []
        : file.strings.filter(({ text }) => GEOMETRY_OPERATOR.test(text)).map(({ line }) => line),
  },
  {
    sentence: 'server/geometry is pure: no database, no HTTP, no files, nothing of the machine',
    brokenAt: (file) =>
      file.folder === 'server/geometry' ? imports(file, (target) => IMPURE.test(target)) : [],
  },
  {
    sentence: 'a rules.ts decides and nothing else: it imports no queries, no server/db, no knex, no HTTP',
    brokenAt: (file) =>
      isRole(file.path, 'rules')
        ? imports(
            file,
            (target) => /^(knex|pg|express)$|^server\/(db|http)\//.test(target) || isRole(target, 'queries'),
          )
        : [],
  },
  {
    sentence:
      'routes → verb → queries / rules: nothing imports a routes.ts but index.ts, app.ts and other routes',
    brokenAt: (file) =>
      isRole(file.path, 'routes') || file.path.endsWith('/index.ts') || ROOTS.includes(file.path)
        ? []
        : imports(file, (target) => isRole(target, 'routes')),
  },
  {
    sentence:
      'a verb never sees a request or a response: express and server/http are for routes.ts, app.ts and health.ts',
    brokenAt: (file) =>
      file.folder === 'server/http' || isRole(file.path, 'routes') || ANSWERING.includes(file.path)
        ? []
        : imports(file, (target) => target === 'express' || target.startsWith('server/http/')),
  },
  {
    sentence: 'only client/map imports maplibre-gl',
    brokenAt: (file) =>
      file.folder === 'client/map' ? [] : imports(file, (target) => target === 'maplibre-gl'),
  },
  {
    sentence:
      'only client/api talks to the server (fetch, XMLHttpRequest, EventSource, WebSocket, sendBeacon)',
    brokenAt: (file) =>
      !file.path.startsWith('client/') || file.folder === 'client/api'
        ? []
        : file.calls.filter(({ name }) => NETWORK_CALL.test(name)).map(({ line }) => line),
  },
];

function imports(file: SourceFile, broken: (target: string, typeOnly: boolean) => boolean): number[] {
  return file.imports
    .filter(({ target, typeOnly }) => target !== null && broken(target, typeOnly))
    .map(({ line }) => line);
}

/** `queries.ts`, `release_queries.ts` and what lies in a folder `queries/`, and the same for routes and rules. */
function isRole(path: string, role: 'routes' | 'queries' | 'rules'): boolean {
  const [, , ...below] = path.split('/');
  const name = below.pop();
  if (!path.startsWith('server/') || name === undefined) return false;
  return name === `${role}.ts` || name.endsWith(`_${role}.ts`) || below.includes(role);
}

function isServer({ path }: SourceFile): boolean {
  return !path.startsWith('client/');
}

function mayHoldSql(file: SourceFile): boolean {
  return file.folder === 'server/db' || file.folder === 'migrations' || isRole(file.path, 'queries');
}

function mayNameKnex({ folder }: SourceFile): boolean {
  const without = ['server/geometry', 'server/rules', 'server/contract', 'data'];
  return !folder.startsWith('client') && !without.includes(folder);
}
