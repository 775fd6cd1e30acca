import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClearPlaceAnswer } from '../../server/contract/index.ts';
import { type ClearPlaceQuestion, postClearPlace } from '../api/clear_places.ts';
import type { Failure } from '../api/request.ts';
import { failureOf } from '../api/use_resource.ts';

export type PlaceSearch =
  | { state: 'rest' }
  | { state: 'searching' }
  | { state: 'answered'; answer: ClearPlaceAnswer }
  | { state: 'failed'; failure: Failure };

/** One search at a time: a new one, and leaving the page, end the one before. */
export function useClearPlace(onAnswer: (answer: ClearPlaceAnswer) => void): {
  search: PlaceSearch;
  begin(question: ClearPlaceQuestion): void;
} {
  const [search, setSearch] = useState<PlaceSearch>({ state: 'rest' });
  const running = useRef<AbortController | null>(null);
  const told = useRef(onAnswer);
  told.current = onAnswer;
  useEffect(() => () => running.current?.abort(), []);
  const begin = useCallback((question: ClearPlaceQuestion) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setSearch({ state: 'searching' });
    postClearPlace(question, mine.signal).then(
      (answer) => {
        if (mine.signal.aborted) return;
        setSearch({ state: 'answered', answer });
        told.current(answer);
      },
      (thrown: unknown) => {
        if (!mine.signal.aborted) setSearch({ state: 'failed', failure: failureOf(thrown) });
      },
    );
  }, []);
  return { search, begin };
}
