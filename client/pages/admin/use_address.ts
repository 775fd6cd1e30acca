import { useState } from 'react';
import { queryString } from '../../api/query_string.ts';

/**
 * What a list is filtered by, kept in the page's address: a filtered list can be sent to a colleague, and is there
 * again on the way back.
 */
export function useAddress<K extends string>(
  names: readonly K[],
): [Readonly<Record<K, string>>, (change: Partial<Record<K, string>>) => void] {
  const [values, setValues] = useState(() => {
    const search = new URLSearchParams(window.location.search);
    return Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<K, string>;
  });
  const change = (part: Partial<Record<K, string>>) => {
    const next = { ...values, ...part };
    window.history.replaceState(null, '', `${window.location.pathname}${queryString(next)}`);
    setValues(next);
  };
  return [values, change];
}
