export { type LandCommand, readArguments, type Scale } from './arguments.ts';
export { type AuditTools, auditCommand } from './audit.ts';
export { rebuildDerived, verifyDerived } from './derived.ts';
export { Progress } from './progress.ts';
export { recoveryCommand } from './recovery.ts';
export { both, say } from './say.ts';
export { tellStatus } from './status.ts';
export { firstLinkLines, userCommand } from './user.ts';
