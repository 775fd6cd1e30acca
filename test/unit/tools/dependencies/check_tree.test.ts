import { expect } from 'chai';
import { checkTree } from '../../../../tools/dependencies/check_tree.ts';

/** `path:line: sentence` for every violation of a tree given as path → code. */
function check(tree: Record<string, string>): string[] {
  return checkTree(new Map(Object.entries(tree))).map(
    ({ path, line, sentence }) => `${path}:${line}: ${sentence}`,
  );
}

interface Example {
  rule: string;
  /** The one violation: its place and a part of its sentence. */
  broken: { tree: Record<string, string>; at: string; sentence: string };
  kept: Record<string, string>;
}

/** Each rule with a tree that breaks this rule and no other, and one close by that keeps it. */
const EXAMPLES: Example[] = [
  {
    rule: 'a folder imports only what the table allows',
    broken: {
      tree: {
        'server/layers/a.ts': `import type { X } from 'zod';\nimport { x } from '../overlay/index.ts';`,
      },
      at: 'server/layers/a.ts:2',
      sentence: 'server/layers may import of this project only itself, server/divisions',
    },
    kept: { 'server/overlay/a.ts': `import { x } from '../layers/index.ts'; import { y } from './b.ts';` },
  },
  {
    rule: 'a folder that the table does not know is refused',
    broken: {
      tree: { 'server/weather/a.ts': 'export const x = 1;' },
      at: 'server/weather/a.ts:1',
      sentence: 'server/weather is not in the table',
    },
    kept: { 'server/villages/a.ts': 'export const x = 1;' },
  },
  {
    rule: 'data knows only layers and geometry',
    broken: {
      tree: { 'data/land/a.ts': `import { x } from '../../server/checks/index.ts';` },
      at: 'data/land/a.ts:1',
      sentence: 'data may import of this project only itself, server/layers, server/geometry',
    },
    kept: {
      'data/land/a.ts': `import type { X } from '../../server/layers/land_source.ts';
        import { y } from '../../server/geometry/projection.ts';`,
    },
  },
  {
    rule: 'a migration stands alone',
    broken: {
      tree: { 'migrations/1.ts': `import { x } from '../server/problems.ts';` },
      at: 'migrations/1.ts:1',
      sentence: 'migrations may import of this project only itself',
    },
    kept: { 'migrations/1.ts': `import type { Knex } from 'knex';\nexport const up = 'select 1';` },
  },
  {
    rule: 'the contract imports nothing of the server',
    broken: {
      tree: { 'server/contract/a.ts': `import { x } from '../problems.ts';` },
      at: 'server/contract/a.ts:1',
      sentence: 'server/contract may import of this project only itself',
    },
    kept: { 'server/contract/a.ts': `import { x } from './b.ts'; import { z } from 'zod';` },
  },
  {
    rule: 'app.ts knows every feature, but not the client',
    broken: {
      tree: { 'server/app.ts': `import { x } from '../client/app.tsx';` },
      at: 'server/app.ts:1',
      sentence: 'they import only server/ and data/',
    },
    kept: {
      'server/app.ts': `import { x } from './checks/index.ts'; import { y } from '../data/land/index.ts';`,
    },
  },
  {
    rule: 'nothing points back to app.ts',
    broken: {
      tree: { 'server/checks/a.ts': `import { x } from '../app.ts';` },
      at: 'server/checks/a.ts:1',
      sentence: 'server/checks may import of this project only itself',
    },
    kept: { 'server/main.ts': `import { x } from './app.ts';` },
  },
  {
    rule: 'features meet through index.ts',
    broken: {
      tree: { 'server/checks/a.ts': `import { x } from '../overlay/overlay_shape.ts';` },
      at: 'server/checks/a.ts:1',
      sentence: 'features meet only through their index.ts',
    },
    kept: {
      'server/checks/a.ts': `import { x } from '../overlay/index.ts'; import { y } from '../contract/check.ts';
        import { z } from '../problems.ts'; import { m } from '../messages/index.ts';`,
    },
  },
  {
    rule: 'the client sees only the contract',
    broken: {
      tree: { 'client/api/a.ts': `import type { X } from '../../server/messages/index.ts';` },
      at: 'client/api/a.ts:1',
      sentence: 'the client imports of the server only types, of server/contract',
    },
    kept: { 'client/api/a.ts': `import type { X } from '../../server/contract/index.ts';` },
  },
  {
    rule: 'the client takes only types from the contract',
    broken: {
      tree: { 'client/api/a.ts': `import { type X, Y } from '../../server/contract/index.ts';` },
      at: 'client/api/a.ts:1',
      sentence: 'the client imports of the server only types, of server/contract',
    },
    kept: { 'client/api/a.ts': `import { type X, type Y } from '../../server/contract/index.ts';` },
  },
  {
    rule: 'pages are the top of the client',
    broken: {
      tree: { 'client/map/a.ts': `import { x } from '../pages/village/page.tsx';` },
      at: 'client/map/a.ts:1',
      sentence: 'nothing but pages and entries imports client/pages',
    },
    kept: { 'client/app.tsx': `const x = import('./pages/village/page.tsx');` },
  },
  {
    rule: 'client/api is the bottom of the client',
    broken: {
      tree: { 'client/api/a.ts': `import { x } from '../components/b.tsx';` },
      at: 'client/api/a.ts:1',
      sentence: 'client/api imports nothing of the client but itself',
    },
    kept: { 'client/components/b.tsx': `import { x } from '../api/a.ts';` },
  },
  {
    rule: 'no computed imports',
    broken: {
      tree: { 'server/checks/a.ts': `const name = 'x';\nconst x = await import(\`./\${name}.ts\`);` },
      at: 'server/checks/a.ts:2',
      sentence: 'a computed one cannot be checked',
    },
    kept: {
      'server/db/migrate.ts': `const name = 'x';\nconst x = await import(\`../../migrations/\${name}.ts\`);`,
    },
  },
  {
    rule: 'no circles between folders',
    broken: {
      tree: {
        'client/draw/a.ts': `import { x } from '../map/b.ts';`,
        'client/map/b.ts': `import type { Y } from '../components/c.ts';`,
        'client/components/c.ts': `export type { Y } from '../draw/a.ts';`,
      },
      at: 'client/components/c.ts:1',
      sentence: 'circle: client/draw → client/map → client/components → client/draw',
    },
    kept: {
      'client/draw/a.ts': `import { x } from '../map/b.ts'; import { y } from '../components/c.ts';`,
      'client/map/b.ts': `import type { Y } from '../components/c.ts';`,
      'client/components/c.ts': '',
    },
  },
  {
    rule: 'SQL only in queries',
    broken: {
      tree: {
        'server/checks/submit_check.ts': 'const x = (db: any) => db.raw(`\n  select 1 from check_answer`);',
      },
      at: 'server/checks/submit_check.ts:1',
      sentence: 'SQL stands only in queries.ts files',
    },
    kept: {
      'server/checks/queries.ts': 'const x = `select 1`;',
      'server/checks/archive_queries.ts': 'const x = `delete from old`;',
      'server/db/a.ts': `const x = 'create database y';`,
      'server/checks/a.ts': `const x = ['select', 'update', 'create a report', 'with care']; // select 1 from x`,
    },
  },
  {
    rule: 'query builders only in queries',
    broken: {
      tree: { 'server/checks/a.ts': `const x = (trx: any) => trx('check_answer').first();` },
      at: 'server/checks/a.ts:1',
      sentence: 'SQL stands only in queries.ts files',
    },
    kept: { 'server/checks/queries.ts': `const x = (trx: any) => trx('check_answer').first();` },
  },
  {
    rule: 'knex only in server/db',
    broken: {
      tree: { 'server/checks/queries.ts': `import knex from 'knex';` },
      at: 'server/checks/queries.ts:1',
      sentence: 'the database drivers are imported only by server/db',
    },
    kept: {
      'server/checks/a.ts': `import type { Knex } from 'knex';`,
      'server/db/a.ts': `import knex from 'knex';`,
    },
  },
  {
    rule: 'drivers only in server/db, even as types',
    broken: {
      tree: { 'server/http/a.ts': `import type { Client } from 'pg';` },
      at: 'server/http/a.ts:1',
      sentence: 'the database drivers are imported only by server/db',
    },
    kept: { 'server/db/a.ts': `import { PGlite } from '@electric-sql/pglite';` },
  },
  {
    rule: 'geometry operators only in overlay and layers',
    broken: {
      tree: { 'server/villages/queries.ts': 'const x = `select st_intersection(a, b)`;' },
      at: 'server/villages/queries.ts:1',
      sentence: 'geometry operators',
    },
    kept: {
      'server/overlay/queries.ts': 'const x = `select ST_Intersection(a, b)`;',
      'server/layers/queries.ts': 'const x = `select ST_Union(a)`;',
      'server/villages/queries.ts': 'const x = `select st_intersects(a, b)`;',
    },
  },
  {
    rule: 'geometry is pure',
    broken: {
      tree: { 'server/geometry/a.ts': `import { readFileSync } from 'node:fs';` },
      at: 'server/geometry/a.ts:1',
      sentence: 'server/geometry is pure',
    },
    kept: { 'server/geometry/a.ts': `import proj4 from 'proj4'; import { Problem } from '../problems.ts';` },
  },
  {
    rule: 'rules.ts is pure',
    broken: {
      tree: { 'server/checks/rules.ts': `import { find } from './queries.ts';` },
      at: 'server/checks/rules.ts:1',
      sentence: 'a rules.ts decides and nothing else',
    },
    kept: { 'server/checks/rules.ts': `import type { X } from '../overlay/index.ts';` },
  },
  {
    rule: 'verbs do not know routes',
    broken: {
      tree: { 'server/checks/submit_check.ts': `import { x } from './routes.ts';` },
      at: 'server/checks/submit_check.ts:1',
      sentence: 'nothing imports a routes.ts',
    },
    kept: {
      'server/checks/routes.ts': `import { x } from './submit_check.ts';`,
      'server/checks/index.ts': `export { x } from './routes.ts';`,
    },
  },
  {
    rule: 'verbs see no request',
    broken: {
      tree: { 'server/checks/submit_check.ts': `import type { Request } from 'express';` },
      at: 'server/checks/submit_check.ts:1',
      sentence: 'a verb never sees a request',
    },
    kept: { 'server/checks/routes.ts': `import { endpoint } from '../http/index.ts';` },
  },
  {
    rule: 'one importer of maplibre-gl',
    broken: {
      tree: { 'client/draw/a.ts': `import 'maplibre-gl/dist/maplibre-gl.css';` },
      at: 'client/draw/a.ts:1',
      sentence: 'only client/map imports maplibre-gl',
    },
    kept: { 'client/map/a.ts': `import { Map } from 'maplibre-gl';` },
  },
  {
    rule: 'one place with fetch',
    broken: {
      tree: { 'client/pages/a.ts': `const fetchAll = () => 1;\nfetchAll();\nwindow.fetch('/api');` },
      at: 'client/pages/a.ts:3',
      sentence: 'only client/api talks to the server',
    },
    kept: { 'client/api/a.ts': `const x = await fetch('/api');` },
  },
];

describe('the dependency rule', () => {
  for (const { rule, broken, kept } of EXAMPLES) {
    it(`${rule}: says where it is broken`, () => {
      const found = check(broken.tree);
      expect(found).to.have.length(1);
      expect(found[0]).to.satisfy((text: string) => text.startsWith(`${broken.at}: `));
      expect(found[0]).to.include(broken.sentence);
    });

    it(`${rule}: is silent where it is kept`, () => {
      expect(check(kept)).to.deep.equal([]);
    });
  }

  it('sees every form of import', () => {
    const forms = [
      `import x from '../checks/index.ts';`,
      `import '../checks/index.ts';`,
      `import type { X } from '../checks/index.ts';`,
      `export * from '../checks/index.ts';`,
      `export { x } from '../checks/index.ts';`,
      `const x = await import('../checks/index.ts');`,
      `let x: import('../checks/index.ts').X;`,
    ];
    for (const form of forms) {
      expect(check({ 'server/layers/a.ts': `\n${form}` }).join(), form).to.match(
        /^server\/layers\/a\.ts:2: [^\n]*$/,
      );
    }
  });

  it('refuses a file that it cannot parse', () => {
    expect(() => check({ 'server/layers/a.ts': 'import {' })).to.throw('server/layers/a.ts');
  });
});
