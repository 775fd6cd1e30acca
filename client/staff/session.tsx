import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Me } from '../../server/contract/index.ts';
import { setCsrfToken, setPageOwner } from '../api/csrf.ts';
import { type Failure, problemCode } from '../api/request.ts';
import { getMe, signOut } from '../api/session.ts';
import { failureOf } from '../api/use_resource.ts';
import { rememberSignedIn } from '../session_hint.ts';
import { SessionEndedDialog } from './session_ended_dialog.tsx';

export type SessionState =
  | { state: 'loading' }
  /** `to`: where they wanted to go by signing out; null: back here after signing in */
  | { state: 'signed_out'; to: string | null }
  | { state: 'signed_in'; me: Me }
  | { state: 'failed'; failure: Failure };

export interface Session {
  session: SessionState;
  /** Takes over who has just signed in. */
  begin(me: Me): void;
  /**
   * Asks the server again who is signed in, for instance after a change of one's own account; what was known stays
   * where the server cannot be reached.
   */
  refresh(): Promise<void>;
  /** Ends the session on the server; throws where that cannot be reached, and then the person is still signed in. */
  end(): Promise<void>;
  /** The server no longer knows the session (deleted account, own session ended): forgets it and goes to `path`. */
  forget(path: string): void;
}

const SessionContext = createContext<Session | null>(null);

/** Who is signed in, for all staff pages; asks again in a dialog when the session ends in mid-work. */
export function SessionProvider(props: { children: ReactNode }) {
  const [session, setSession] = useState<SessionState>({ state: 'loading' });

  // an answer that was asked for before somebody signed in or out says nothing about now
  const turn = useRef(0);

  const begin = useCallback((me: Me) => {
    turn.current += 1;
    setCsrfToken(me.csrf_token);
    setPageOwner(me.account.id);
    rememberSignedIn(true);
    setSession({ state: 'signed_in', me });
  }, []);
  const leave = useCallback((to: string | null) => {
    turn.current += 1;
    setCsrfToken(null);
    setPageOwner(null);
    rememberSignedIn(false);
    setSession({ state: 'signed_out', to });
  }, []);
  const refresh = useCallback(async () => {
    const asked = turn.current;
    try {
      const me = await getMe();
      if (asked === turn.current) begin(me);
    } catch (thrown) {
      if (asked !== turn.current) return;
      if (problemCode(thrown) === 'sign_in_required') leave(null);
      else {
        const failure = failureOf(thrown);
        // what somebody is in the middle of stays, whatever the network does
        setSession((before) => (before.state === 'signed_in' ? before : { state: 'failed', failure }));
      }
    }
  }, [begin, leave]);
  const end = useCallback(async () => {
    try {
      await signOut();
    } catch (thrown) {
      if (problemCode(thrown) !== 'sign_in_required') throw thrown;
    }
    leave('/sign-in?signed_out');
  }, [leave]);

  useEffect(() => {
    void refresh();
  }, [refresh]);
  useEffect(() => () => setPageOwner(null), []);
  useEffect(() => {
    if (session.state !== 'failed') return;
    window.addEventListener('cunma:ready', refresh);
    return () => window.removeEventListener('cunma:ready', refresh);
  }, [session.state, refresh]);

  const value = useMemo(
    () => ({ session, begin, refresh, end, forget: leave }),
    [session, begin, refresh, end, leave],
  );
  return (
    <SessionContext value={value}>
      {props.children}
      {session.state === 'signed_in' && <SessionEndedDialog me={session.me} onSignedIn={begin} />}
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside of SessionProvider');
  return session;
}

/** Who is signed in; only inside of {@link RequireSession}. */
export function useMe(): Me {
  const { session } = useSession();
  if (session.state !== 'signed_in') throw new Error('useMe where nobody is signed in');
  return session.me;
}
