import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTree } from './dependencies/check_tree.ts';
import { ROOT } from './testing/root.ts';

const FOLDERS = ['server', 'client', 'data', 'migrations'];

const tree = new Map(
  FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);
const violations = checkTree(tree);
for (const { path, line, sentence } of violations) console.error(`${path}:${line}: ${sentence}`);
console.log(`dependency rule: ${tree.size} files, ${violations.length} violations`);
process.exitCode = violations.length > 0 || tree.size === 0 ? 1 : 0;
