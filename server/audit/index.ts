export { type AuditEntry, appendAudit, OPERATOR } from './append.ts';
