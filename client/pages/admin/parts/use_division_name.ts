import { useEffect, useState } from 'react';
import { searchDivisions } from '../../../api/divisions.ts';
import type { ChosenDivision } from './division_picker.tsx';

/** The division that a code of the address names; its code stands for the name until that is known. */
export function useDivisionName(code: string): ChosenDivision | null {
  const [known, setKnown] = useState<ChosenDivision | null>(null);
  useEffect(() => {
    if (code === '') return;
    const abort = new AbortController();
    searchDivisions(code, [], 1, abort.signal).then(
      ({ divisions: [first] }) => {
        if (first?.code === code) setKnown({ code, name: first.name });
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [code]);
  if (code === '') return null;
  return known?.code === code ? known : { code, name: '' };
}
