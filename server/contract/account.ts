import { z } from 'zod';

/** What a person can be in an area. What each may do: server/rights.ts, docs/roles.md. */
export const ROLES = [
  'administrator',
  'data_steward',
  'planner',
  'inspector',
  'reviewer',
  'enforcement_officer',
  'township_clerk',
  'village_officer',
  'leader',
  'auditor',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const RIGHTS = [
  'overlays.run',
  'checks.read',
  'files.read',
  'files.write',
  'jobs.read',
  'jobs.manage',
  'accounts.read',
  'accounts.manage',
  'audit.read',
  'indicators.read',
  'installation.read',
  'installation.manage',
] as const;
export const Right = z.enum(RIGHTS);
export type Right = z.infer<typeof Right>;

/** An area: 2, 4, 6, 9 or 12 digits of a division code. */
export const DivisionCode = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/);

/** A role in an area; a person may have several. */
export const Assignment = z.strictObject({ role: Role, division_code: DivisionCode });
export type Assignment = z.infer<typeof Assignment>;

/** What each role may do. */
export const RoleList = z.object({ roles: z.array(z.object({ role: Role, rights: z.array(Right) })) });
export type RoleList = z.infer<typeof RoleList>;
