import { folderOf, type SourceFile } from './source_file.ts';

export interface Edge {
  from: string;
  to: string;
  path: string;
  line: number;
}

/** Imports that close a circle between folders, the one that was found last on each circle. Types count too. */
export function folderCycles(files: readonly SourceFile[]): { edge: Edge; folders: string[] }[] {
  const graph = edges(files);
  const found: { edge: Edge; folders: string[] }[] = [];
  const done = new Set<string>();
  const visit = (folder: string, trail: string[]) => {
    if (done.has(folder)) return;
    for (const edge of graph.get(folder) ?? []) {
      const start = [...trail, folder].indexOf(edge.to);
      if (start >= 0) found.push({ edge, folders: [...trail, folder].slice(start).concat(edge.to) });
      else visit(edge.to, [...trail, folder]);
    }
    done.add(folder);
  };
  for (const folder of graph.keys()) visit(folder, []);
  return found;
}

/** From each folder, one import per folder that it reaches. */
function edges(files: readonly SourceFile[]): Map<string, Edge[]> {
  const graph = new Map<string, Edge[]>();
  for (const { folder: from, imports, path } of files) {
    for (const { target, own, line } of imports) {
      if (!own || target === null) continue;
      const to = folderOf(target);
      const known = graph.get(from) ?? [];
      if (to !== from && !known.some((edge) => edge.to === to)) known.push({ from, to, path, line });
      graph.set(from, known);
    }
  }
  return graph;
}
