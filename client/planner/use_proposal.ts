import { useEffect, useReducer, useRef, useState } from 'react';
import { advance, EMPTY_PROPOSAL, type Proposal, type ProposalStep } from './proposal.ts';
import { keep, restore } from './storage.ts';

const KEEP_MS = 150;

export interface Desk {
  proposal: Proposal;
  /** false: what was left here is still being looked for */
  ready: boolean;
  /** the browser has no room for it: a reload would lose it */
  unkept: boolean;
  step(step: ProposalStep): void;
}

/** The proposal of an account, kept in this browser soon after each change and when the page is left. */
export function useProposal(account: string): Desk {
  const [proposal, step] = useReducer(advance, EMPTY_PROPOSAL);
  const [ready, setReady] = useState(false);
  const [unkept, setUnkept] = useState(false);
  useEffect(() => {
    let gone = false;
    restore(account).then((kept) => {
      if (gone) return;
      step({ do: 'restore', proposal: kept });
      setReady(true);
    });
    return () => {
      gone = true;
    };
  }, [account]);
  const latest = useRef(proposal);
  latest.current = proposal;
  const save = useRef(() => {});
  save.current = () => {
    if (ready) void keep(account, latest.current).then((kept) => setUnkept(!kept));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is kept
  useEffect(() => {
    const timer = window.setTimeout(() => save.current(), KEEP_MS);
    return () => window.clearTimeout(timer);
  }, [proposal, ready]);
  useEffect(() => {
    const now = () => save.current();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      now();
    };
  }, []);
  return { proposal, ready, unkept, step };
}
