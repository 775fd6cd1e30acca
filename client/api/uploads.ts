import type { Datum, UploadAnswer } from '../../server/contract/index.ts';
import { sendForm } from './send_form.ts';

/**
 * Sends one file. `onProgress` gets 0 to 1 while it is sent; `datum` says where its coordinates come from, null leaves
 * that to the file.
 */
export function postUpload(
  file: File,
  onProgress: (share: number) => void,
  datum: Datum | null,
): Promise<UploadAnswer> {
  const form = new FormData();
  if (datum !== null) form.append('datum', datum);
  form.append('file', file, file.name);
  return sendForm('/api/uploads', form, { onProgress });
}
