import { EMPTY_PROPOSAL, type Proposal } from './proposal.ts';

/** Counted up when what is kept changes its form. */
const FORM = 1;
const DATABASE = 'cunma.planner';
const STORE = 'proposals';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, FORM);
    opening.onupgradeneeded = () => {
      for (const name of opening.result.objectStoreNames) opening.result.deleteObjectStore(name);
      opening.result.createObjectStore(STORE);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error('another form of it is open'));
  });
}

async function transact<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** The proposal that an account has left in this browser; an empty one where there is none, or no place to keep any. */
export async function restore(account: string): Promise<Proposal> {
  try {
    const kept = (await transact('readonly', (store) => store.get(account))) as Partial<Proposal> | undefined;
    return kept === undefined ? EMPTY_PROPOSAL : { ...EMPTY_PROPOSAL, ...kept };
  } catch {
    return EMPTY_PROPOSAL;
  }
}

/** Keeps a proposal in this browser only; false: there is no room, or no place. */
export async function keep(account: string, proposal: Proposal): Promise<boolean> {
  try {
    await transact('readwrite', (store) => store.put(proposal, account));
    return true;
  } catch {
    return false;
  }
}

const answersOf = (account: string) => `${account} answers`;

/** The answers that were computed for it; null: none. */
export async function restoreAnswers<T>(account: string): Promise<T | null> {
  try {
    return ((await transact('readonly', (store) => store.get(answersOf(account)))) as T | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Keeps answers, so that a reload need not compute them again; no loss where there is no room. */
export async function keepAnswers(account: string, answers: unknown): Promise<void> {
  await transact('readwrite', (store) => store.put(answers, answersOf(account))).catch(() => undefined);
}
