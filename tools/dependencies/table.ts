/**
 * Which folder may import which: design.md, "Layout". `server/x.ts` is a file of its own, `data` and `migrations` are
 * one folder each with all below them.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'server/contract': [],
  'server/problems.ts': ['server/contract', 'server/messages'],
  'server/problem_text.ts': ['server/problems.ts', 'server/messages'],
  'server/messages': [],
  'server/today.ts': ['server/problems.ts', 'server/messages'],
  'server/few_at_once.ts': ['server/problems.ts'],
  'server/version.ts': [],
  'server/rights.ts': ['server/contract'],
  'server/keys.ts': [],
  'server/actor.ts': ['server/contract', 'server/rights.ts'],
  'server/json_depth.ts': [],
  'server/storage_fault.ts': ['server/problems.ts'],
  'server/decode_text.ts': ['server/problems.ts'],
  'server/settings.ts': [],
  'server/config.ts': ['server/settings.ts'],
  'server/geometry': [],
  'server/db': ['server/config.ts'],
  'server/http': ['server/db', 'server/config.ts'],

  'server/audit': ['server/db', 'server/http'],
  'server/jobs': ['server/audit', 'server/db', 'server/http'],
  'server/files': ['server/archive', 'server/jobs', 'server/audit', 'server/db', 'server/http'],
  'server/accounts': ['server/audit', 'server/divisions', 'server/db', 'server/http', 'server/config.ts'],
  'server/privacy': ['server/accounts', 'server/jobs', 'server/audit', 'server/db', 'server/http'],
  'server/recovery': ['server/files', 'server/jobs', 'server/audit', 'server/db', 'server/http'],
  'server/operation': ['server/recovery', 'server/files', 'server/jobs', 'server/db', 'server/http'],

  'server/divisions': ['server/db', 'server/geometry', 'server/http'],
  'server/layers': ['server/divisions', 'server/db', 'server/geometry', 'server/http'],
  // only rules/routes.ts answers: GET /api/rules shows the rule book itself, which belongs to no other feature
  'server/rules': ['server/http'],
  'server/overlay': ['server/layers', 'server/db', 'server/geometry', 'server/http'],
  // zip archives, within bounds
  'server/archive': [],
  'server/imports': [
    'server/files',
    'server/archive',
    'server/overlay',
    'server/layers',
    'server/db',
    'server/geometry',
    'server/http',
  ],
  'server/villages': [
    'server/overlay',
    'server/rules',
    'server/layers',
    'server/divisions',
    'server/db',
    'server/geometry',
    'server/http',
  ],
  'server/checks': [
    'server/audit',
    'server/villages',
    'server/overlay',
    'server/rules',
    'server/layers',
    'server/divisions',
    'server/db',
    'server/geometry',
    'server/http',
  ],

  // several shapes as one: sums, and files to take along
  'server/proposals': [
    'server/checks',
    'server/audit',
    'server/overlay',
    'server/rules',
    'server/db',
    'server/geometry',
    'server/http',
  ],

  // many shapes of one file, each with its overlay
  'server/batches': [
    'server/checks',
    'server/imports',
    'server/files',
    'server/jobs',
    'server/audit',
    'server/overlay',
    'server/rules',
    'server/layers',
    'server/divisions',
    'server/db',
    'server/geometry',
    'server/http',
  ],

  'server/cli': [
    'server/accounts',
    'server/audit',
    'server/db',
    'server/imports',
    'server/layers',
    'server/recovery',
  ],

  'server/startup.ts': ['server/db'],
  'server/startup_line.ts': ['server/startup.ts'],
  'server/health.ts': ['server/http', 'server/startup.ts', 'server/overlay'],

  data: ['server/layers', 'server/geometry', 'server/contract'],
  migrations: [],
};

/** Free to all server code but the contract itself, file by file. */
export const FREE: readonly string[] = [
  'server/contract',
  'server/rights.ts',
  'server/actor.ts',
  'server/keys.ts',
  'server/problems.ts',
  'server/problem_text.ts',
  'server/messages',
  'server/today.ts',
  'server/few_at_once.ts',
  'server/version.ts',
  'server/json_depth.ts',
  'server/storage_fault.ts',
  'server/decode_text.ts',
];

/** The files that put the process together may import everything of the server, and the data. */
export const ROOTS: readonly string[] = [
  'server/app.ts',
  'server/main.ts',
  'server/cli.ts',
  'server/seed.ts',
  'server/seed_demonstration.ts',
  'server/limits_table.ts',
];

/** Files without a feature that answer requests. */
export const ANSWERING: readonly string[] = [...ROOTS, 'server/health.ts'];

/** Files that may be imported past their folder's index.ts: a type that data is made of, and pure geometry for data. */
export const BESIDE_INDEX: readonly { from: string; to: RegExp }[] = [
  { from: 'data', to: /^server\/layers\/land_source\.ts$/ },
  { from: 'data', to: /^server\/geometry\// },
];

/** Geometry operators that only the overlay, and the publication of a layer, may use. */
export const GEOMETRY_OPERATOR = /\bST_(Intersection|Difference|SymDifference|Union|UnaryUnion|MemUnion)\b/i;
export const MAY_OPERATE: readonly string[] = ['server/overlay', 'server/layers'];
