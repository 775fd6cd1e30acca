// Node loads it in the database's thread too, where TypeScript cannot be read and no job is run.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) await import('./kill9_kind.ts');
