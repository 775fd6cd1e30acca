import { z } from 'zod';

/** A backup that was read back and found whole. */
export const Backup = z.object({
  /** name of its file in the folder of backups */
  name: z.string(),
  /** the moment whose state it holds is just after */
  created_at: z.string(),
  verified_at: z.string(),
  bytes: z.number().int(),
  encrypted: z.boolean(),
  rows: z.number().int(),
  files: z.number().int(),
  /** uploaded files whose content the disk no longer had */
  missing_files: z.number().int(),
  engine: z.enum(['embedded', 'native']),
  app_version: z.string(),
});
export type Backup = z.infer<typeof Backup>;

export const BackupList = z.object({
  /** the newest first */
  backups: z.array(Backup),
  last_good_at: z.string().nullable(),
  /** SHA-256 of the installation's public key: what `cunma restore --fingerprint` takes */
  key_fingerprint: z.string(),
  /** when the next ones are made, HH:MM on the server's clock */
  nightly_at: z.string(),
});
export type BackupList = z.infer<typeof BackupList>;
