import { useState } from 'react';
import { type Resource, useResource } from '../../../api/use_resource.ts';
import { type Task, useTask } from '../../../staff/use_task.ts';

interface Page<R> {
  rows: readonly R[];
  next: string | null;
}

export interface Older<R> {
  first: { resource: Resource<Page<R>>; retry: () => void };
  /** all that has been fetched so far, newest first */
  rows: readonly R[];
  /** null: there are no older ones */
  more: (() => void) | null;
  task: Task;
}

/** A list that is read from its newest end, page by page; it begins anew when `key` changes. */
export function useOlder<R>(
  key: string,
  load: (before: string | null, signal?: AbortSignal) => Promise<Page<R>>,
): Older<R> {
  const first = useResource(key, (signal) => load(null, signal));
  const page = first.resource.state === 'ready' ? first.resource.value : null;
  // what was fetched further belongs to the first page that it continues
  const [further, setFurther] = useState<{ of: Page<R> | null; rows: R[]; next: string | null }>({
    of: null,
    rows: [],
    next: null,
  });
  const task = useTask();
  const own = further.of === page ? further : { rows: [], next: page?.next ?? null };
  const more = () =>
    void task.run(async () => {
      const got = await load(own.next);
      setFurther({ of: page, rows: [...own.rows, ...got.rows], next: got.next });
    });
  return {
    first,
    rows: [...(page?.rows ?? []), ...own.rows],
    more: page === null || own.next === null ? null : more,
    task,
  };
}
