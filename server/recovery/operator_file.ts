import { join } from 'node:path';
import { z } from 'zod';

/** What a running server leaves for the operator's commands; only its own user can read it. */
export const OperatorFile = z.object({
  port: z.number().int().min(1).max(65535),
  secret: z.string().min(32),
  pid: z.number().int(),
});

export const BackupOrder = z.strictObject({ passphrase: z.string().min(1).nullable() });

/** What the server answers where it does not send an archive. */
export const Refusal = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export function operatorFile(dataFolder: string): string {
  return join(dataFolder, 'operator.json');
}
