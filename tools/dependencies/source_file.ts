import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

export interface Import {
  line: number;
  /** Path from the project's folder, or a package's name (`node:fs`, `@turf/turf`); null: computed at run time. */
  target: string | null;
  /** Whether `target` is a path of this project. */
  own: boolean;
  typeOnly: boolean;
}

export interface SourceFile {
  path: string;
  /** `server/overlay`, `client/map`, `data`, `migrations`; a file right under server/ or client/ is its own. */
  folder: string;
  /** Static, dynamic and type imports, re-exports. */
  imports: Import[];
  /** String and template literals, `?` for what is filled in. */
  strings: { line: number; text: string }[];
  /** Calls and constructions by name: `fetch`, `window.fetch`, `db.raw`; `string` tells a first argument that is one. */
  calls: { line: number; name: string; string: boolean }[];
}

type Named = { type: string; name?: unknown; object?: Named; property?: Named };

/** Reads one TypeScript file; throws where it cannot be parsed. `path` is relative to the project, with slashes. */
export function readSource(path: string, code: string): SourceFile {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const file: SourceFile = { path, folder: folderOf(path), imports: [], strings: [], calls: [] };
  const lineOf = lineFinder(code);
  const addImport = (start: number, specifier: string | null, typeOnly: boolean) => {
    file.imports.push({ line: lineOf(start), ...resolve(path, specifier), typeOnly });
  };
  const addCall = (start: number, callee: unknown, first: unknown) => {
    const name = nameOf(callee as Named);
    const string = ['Literal', 'TemplateLiteral'].includes((first as Named | undefined)?.type ?? '');
    if (name !== null) file.calls.push({ line: lineOf(start), name, string });
  };
  new Visitor({
    ImportDeclaration(node) {
      const types =
        node.specifiers.length > 0 &&
        node.specifiers.every((one) => 'importKind' in one && one.importKind === 'type');
      addImport(node.start, node.source.value, node.importKind === 'type' || types);
    },
    ExportAllDeclaration(node) {
      addImport(node.start, node.source.value, node.exportKind === 'type');
    },
    ExportNamedDeclaration(node) {
      if (node.source) addImport(node.start, node.source.value, node.exportKind === 'type');
    },
    ImportExpression(node) {
      const source = node.source as { type: string; value?: unknown };
      addImport(node.start, typeof source.value === 'string' ? source.value : null, false);
    },
    TSImportType(node) {
      addImport(node.start, node.source.value, true);
    },
    Literal(node) {
      if (typeof node.value === 'string') file.strings.push({ line: lineOf(node.start), text: node.value });
    },
    TemplateLiteral(node) {
      const text = node.quasis.map((part) => part.value.raw).join('?');
      file.strings.push({ line: lineOf(node.start), text });
    },
    CallExpression(node) {
      addCall(node.start, node.callee, node.arguments[0]);
    },
    NewExpression(node) {
      addCall(node.start, node.callee, node.arguments[0]);
    },
  }).visit(program);
  return file;
}

export function folderOf(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top !== 'server' && top !== 'client') return second === '' ? path : top;
  return rest.length === 0 ? path : `${top}/${second}`;
}

function resolve(from: string, specifier: string | null): { target: string | null; own: boolean } {
  if (specifier === null) return { target: null, own: false };
  if (specifier.startsWith('.')) return { target: posix.join(posix.dirname(from), specifier), own: true };
  if (specifier.startsWith('node:')) return { target: specifier, own: false };
  const parts = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1);
  return { target: parts.join('/'), own: false };
}

function nameOf(node: Named): string | null {
  if (node.type === 'Identifier') return String(node.name);
  if (node.type !== 'MemberExpression' || !node.object || !node.property) return null;
  const [object, property] = [nameOf(node.object), nameOf(node.property)];
  return property === null ? null : `${object ?? ''}.${property}`;
}

function lineFinder(code: string): (offset: number) => number {
  return (offset) => code.slice(0, offset).split('\n').length;
}
