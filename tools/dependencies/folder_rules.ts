import { folderOf, type Import, type SourceFile } from './source_file.ts';
import { BESIDE_INDEX, FREE, MAY_IMPORT, ROOTS } from './table.ts';

/** A sentence of the rule and the lines of a file that break it. */
export interface Rule {
  sentence: string | ((file: SourceFile) => string);
  brokenAt(file: SourceFile): number[];
}

export const FOLDER_RULES: readonly Rule[] = [
  {
    sentence: ({ folder }) =>
      MAY_IMPORT[folder] === undefined
        ? `${folder} is not in the table of folders: say in tools/dependencies/table.ts what it may import`
        : `${folder} may import of this project only itself${also(folder)}`,
    brokenAt: (file) =>
      isServerSide(file) && !ROOTS.includes(file.path)
        ? MAY_IMPORT[file.folder] === undefined
          ? [1]
          : lines(file, ({ target }) => !mayReach(file.folder, folderOf(target)))
        : [],
  },
  {
    sentence:
      'app.ts, main.ts, cli.ts and the seeds put the server together: they import only server/ and data/',
    brokenAt: (file) =>
      ROOTS.includes(file.path)
        ? lines(file, ({ target }) => !/^(server|data)\/|^package\.json$/.test(target))
        : [],
  },
  {
    sentence: 'features meet only through their index.ts',
    brokenAt: (file) => (isServerSide(file) ? lines(file, ({ target }) => isBesideIndex(file, target)) : []),
  },
  {
    sentence: 'the client imports of the server only types, of server/contract',
    brokenAt: (file) =>
      file.path.startsWith('client/')
        ? lines(
            file,
            ({ target, typeOnly }) =>
              !isOf('client', target) && !(isOf('server/contract', target) && typeOnly),
          )
        : [],
  },
  {
    sentence:
      'client/api imports nothing of the client but itself, and nothing but pages and entries imports client/pages',
    brokenAt: (file) =>
      lines(
        file,
        ({ target }) =>
          (file.folder === 'client/api' &&
            isOf('client', target) &&
            folderOf(target) !== 'client/api' &&
            !isEntry(target)) ||
          (file.folder !== 'client/pages' && folderOf(target) === 'client/pages' && !isEntry(file.path)),
      ),
  },
  {
    sentence:
      'an import names its file: a computed one cannot be checked (only server/db loads migrations by name)',
    brokenAt: (file) =>
      file.folder === 'server/db'
        ? []
        : file.imports.filter(({ target }) => target === null).map(({ line }) => line),
  },
];

/** Lines of imports of this project's own files for which `broken` is true. */
function lines(file: SourceFile, broken: (one: Import & { target: string }) => boolean): number[] {
  return file.imports
    .filter((one): one is Import & { target: string } => one.own && one.target !== null)
    .filter(broken)
    .map(({ line }) => line);
}

function isServerSide({ path }: SourceFile): boolean {
  return !path.startsWith('client/');
}

function mayReach(from: string, to: string): boolean {
  if (from === to || MAY_IMPORT[from]?.includes(to)) return true;
  return (
    from.startsWith('server/') && from !== 'server/contract' && !isFreeBelow(from, to) && FREE.includes(to)
  );
}

/** What is free to all must not reach back to others that are free, beyond its own line in the table. */
function isFreeBelow(from: string, to: string): boolean {
  return FREE.includes(from) && FREE.includes(to);
}

function isBesideIndex(file: SourceFile, target: string): boolean {
  const folder = folderOf(target);
  const isFolder = folder.startsWith('server/') && folder !== target;
  if (!isFolder || folder === file.folder || FREE.includes(folder) || target === `${folder}/index.ts`)
    return false;
  return !BESIDE_INDEX.some(({ from, to }) => from === file.folder && to.test(target));
}

function also(folder: string): string {
  const free = folder.startsWith('server/') && !FREE.includes(folder) ? FREE : [];
  const others = [...(MAY_IMPORT[folder] ?? []), ...free];
  return others.length > 0 ? `, ${others.join(', ')}` : '';
}

function isOf(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** A file right under client/. */
function isEntry(path: string): boolean {
  return /^client\/[^/]+$/.test(path);
}
