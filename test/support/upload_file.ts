import type { ProblemBody, StoredFile } from '../../server/contract/index.ts';
import type { Person } from './people.ts';

export interface Answer<T> {
  status: number;
  body: T;
}

/** POST /api/files of a person. */
export async function giveFile(
  base: string,
  who: Person,
  bytes: Uint8Array | string,
  options: {
    name?: string;
    purpose?: string;
    division_code?: string;
    path?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<Answer<StoredFile & Pick<ProblemBody, 'code' | 'detail' | 'where'>>> {
  const form = new FormData();
  if (options.path === undefined) form.append('purpose', options.purpose ?? 'data');
  if (options.division_code !== undefined) form.append('division_code', options.division_code);
  form.append(
    'file',
    new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]),
    options.name ?? 'a.txt',
  );
  const response = await fetch(base + (options.path ?? '/api/files'), {
    method: 'POST',
    headers: { ...who.headers, ...options.headers },
    body: form,
  });
  return {
    status: response.status,
    body: (await response.json()) as StoredFile & Pick<ProblemBody, 'code' | 'detail' | 'where'>,
  };
}
