import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OverlayAnswer, OverlayRequest } from '../../server/contract/index.ts';
import { postOverlay } from '../api/overlays.ts';
import { type Failure, problemCode } from '../api/request.ts';
import { failureOf } from '../api/use_resource.ts';
import { chinaDay } from '../text/china_day.ts';
import { faultsOf, type Parcel, type Proposal, questionOf } from './proposal.ts';
import { keepAnswers, restoreAnswers } from './storage.ts';
import type { Answered } from './sums.ts';
import type { Desk } from './use_proposal.ts';

export type ParcelState =
  | { state: 'open' }
  | { state: 'computing' }
  | { state: 'answered'; answer: OverlayAnswer }
  | { state: 'refused'; failure: Failure };

interface Kept {
  question: string;
  answer: OverlayAnswer;
}

export interface Overlays {
  stateOf(id: string): ParcelState;
  answered: Answered[];
  /** null: nothing is under way */
  progress: { done: number; total: number } | null;
  /** parcels without an answer to what is asked now */
  open: number;
  refused: number;
  /** something in the question must be put right first */
  faulty: boolean;
  run(): Promise<void>;
  cancel(): void;
}

/** So many at once: one is measured while the other is on its way. */
const AT_ONCE = 2;
/** How long to wait where the server has too much to do, and how often. */
const WAIT_MS = 4000;
const WAITS = 15;
const PASSING = new Set(['too_many_requests', 'busy']);

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      resolve();
    });
  });
}

/** Asks again where the server is only busy; what it refuses is thrown. */
async function patiently(request: OverlayRequest, signal: AbortSignal): Promise<OverlayAnswer> {
  for (let waited = 0; ; waited++) {
    try {
      return await postOverlay(request, signal);
    } catch (thrown) {
      if (!PASSING.has(problemCode(thrown) ?? '') || waited >= WAITS || signal.aborted) throw thrown;
      await pause(WAIT_MS, signal);
    }
  }
}

function requestOf(
  { geometry, datum }: Parcel,
  { as_of, accuracy_m, activity, details }: Proposal,
): OverlayRequest {
  return {
    geometry,
    cross: 'affected',
    ...(datum === null ? {} : { datum }),
    ...(as_of === null ? {} : { as_of }),
    ...(accuracy_m === null ? {} : { accuracy_m }),
    ...(activity === null ? {} : { activity, details }),
  };
}

/** One call per parcel, two at a time; an answer holds for the question that it was asked with, also after a reload. */
export function useOverlays(
  account: string,
  { proposal, ready }: Pick<Desk, 'proposal' | 'ready'>,
  language: string,
): Overlays {
  const [answers, setAnswers] = useState<Record<string, Kept>>({});
  const [failures, setFailures] = useState<Record<string, { question: string; failure: Failure }>>({});
  const [computing, setComputing] = useState<ReadonlySet<string>>(new Set());
  const [progress, setProgress] = useState<Overlays['progress']>(null);
  const running = useRef<AbortController | null>(null);
  const today = chinaDay(new Date());
  const question = questionOf(proposal, language, today);
  const faulty = faultsOf(proposal, today).length > 0;

  useEffect(() => {
    let gone = false;
    restoreAnswers<Record<string, Kept>>(account).then((kept) => {
      if (!gone && kept !== null) setAnswers((before) => ({ ...kept, ...before }));
    });
    return () => {
      gone = true;
      running.current?.abort();
    };
  }, [account]);
  useEffect(() => {
    // before the parcels are there, their answers look like those of none
    if (!ready) return;
    const here = new Set(proposal.parcels.map(({ id }) => id));
    const kept = Object.fromEntries(Object.entries(answers).filter(([id]) => here.has(id)));
    if (Object.keys(answers).length > 0) void keepAnswers(account, kept);
  }, [account, ready, answers, proposal.parcels]);

  const stateOf = useCallback(
    (id: string): ParcelState => {
      if (computing.has(id)) return { state: 'computing' };
      const answer = answers[id];
      if (answer?.question === question) return { state: 'answered', answer: answer.answer };
      const failed = failures[id];
      return failed?.question === question
        ? { state: 'refused', failure: failed.failure }
        : { state: 'open' };
    },
    [answers, failures, computing, question],
  );
  const run = useCallback(async () => {
    if (faulty) return;
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const waiting = proposal.parcels.filter(({ id }) => answers[id]?.question !== question);
    let done = 0;
    setProgress({ done, total: waiting.length });
    const queue = [...waiting];
    const work = async () => {
      for (let parcel = queue.shift(); parcel !== undefined && !mine.signal.aborted; parcel = queue.shift()) {
        const { id } = parcel;
        setComputing((before) => new Set(before).add(id));
        try {
          const answer = await patiently(requestOf(parcel, proposal), mine.signal);
          setAnswers((before) => ({ ...before, [id]: { question, answer } }));
        } catch (thrown) {
          if (!mine.signal.aborted) {
            const failure = failureOf(thrown);
            setFailures((before) => ({ ...before, [id]: { question, failure } }));
          }
        }
        setComputing((before) => new Set([...before].filter((each) => each !== id)));
        done += 1;
        if (running.current === mine) setProgress({ done, total: waiting.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (running.current === mine) setProgress(null);
  }, [proposal, answers, question, faulty]);
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setComputing(new Set());
    setProgress(null);
  }, []);

  // an answer to another question must not come in late
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question ends the work on the one before
  useEffect(() => cancel, [question]);

  // answers are texts too: in another language what was computed is asked for again
  const spoken = useRef(language);
  useEffect(() => {
    if (spoken.current === language) return;
    spoken.current = language;
    if (Object.keys(answers).length > 0) void run();
  }, [language, answers, run]);

  const answered = useMemo(
    () =>
      proposal.parcels.flatMap(({ id, name }) => {
        const kept = answers[id];
        return kept?.question === question && !faulty ? [{ id, name, answer: kept.answer }] : [];
      }),
    [proposal.parcels, answers, question, faulty],
  );
  const states = proposal.parcels.map(({ id }) => stateOf(id).state);
  return {
    stateOf,
    answered,
    progress,
    open: states.filter((state) => state === 'open').length,
    refused: states.filter((state) => state === 'refused').length,
    faulty,
    run,
    cancel,
  };
}
