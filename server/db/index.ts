export { type CopyValue, copyFloat, copyInteger, copyJson, copyRows, copyText } from './copy.ts';
export {
  ACQUIRE_LIMIT_MS,
  type Database,
  type EngineKind,
  LOAD_STATEMENT_LIMIT_MS,
  openEmbedded,
  openNative,
  STATEMENT_LIMIT_MS,
} from './database.ts';
export { FolderInUse, lockFolder } from './embedded/lock.ts';
export { claimKey, type RememberedReply, rememberedReply, rememberReply } from './idempotency.ts';
export { knownMigrations, migrateDown, migrateExactly, migrateUp } from './migrate.ts';
export { prepared, query } from './query.ts';
export { inSavepoint, isAlive, savepoint } from './savepoint.ts';
export { type DatabaseRole, enterScope, PUBLIC_SCOPE, present, type Scope } from './scope.ts';
export { isConnectionLost, translateError } from './translate_error.ts';
