/** One value of a record before and after; null: it was not there. */
export interface Change {
  /** path of the value: `name`, `progress.done` */
  key: string;
  before: unknown;
  after: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function leaves(value: unknown, path: string, into: Map<string, unknown>): void {
  if (isRecord(value) && Object.keys(value).length > 0)
    for (const [key, item] of Object.entries(value)) leaves(item, path === '' ? key : `${path}.${key}`, into);
  else if (value !== null && value !== undefined) into.set(path, value);
}

/** What differs between a record before and after; of a new or removed one everything that it held. */
export function changes(before: unknown, after: unknown): Change[] {
  const [was, is] = [new Map<string, unknown>(), new Map<string, unknown>()];
  leaves(before, '', was);
  leaves(after, '', is);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => ({ key, before: was.get(key) ?? null, after: is.get(key) ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
