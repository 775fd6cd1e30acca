import { useRef } from 'react';
import type { Failure } from '../../api/request.ts';
import { useResource } from '../../api/use_resource.ts';

export interface Kept<T> {
  /** null: nothing has come yet */
  value: T | null;
  /** of the last attempt; what was known before stays beside it */
  failure: Failure | null;
  loading: boolean;
  retry(): void;
}

/** A resource that is asked for again and again: what is known stays while the network comes and goes. */
export function useKept<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Kept<T> {
  const { resource, retry } = useResource(key, load);
  const last = useRef<T | null>(null);
  if (resource.state === 'ready') last.current = resource.value;
  return {
    value: last.current,
    failure: resource.state === 'failed' ? resource.failure : null,
    loading: resource.state === 'loading',
    retry,
  };
}
