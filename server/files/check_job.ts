import { z } from 'zod';
import { appendAudit } from '../audit/index.ts';
import { FileId } from '../contract/index.ts';
import type { JobContext, JobKind } from '../jobs/index.ts';
import { LANGUAGES, message, messageText, type Text } from '../messages/index.ts';
import { problemDetail } from '../problem_text.ts';
import { Problem } from '../problems.ts';
import { claimBlob, releaseBlob } from './blob_queries.ts';
import { typeOf } from './check_content.ts';
import { described, examine } from './check_file.ts';
import { type FileRow, fileById, settleFile } from './queries.ts';
import type { BlobStore } from './storage/types.ts';
import type { Scratch, StoredProblem } from './types.ts';

const Input = z.strictObject({ file_id: FileId });
export type CheckJob = JobKind<z.output<typeof Input>>;

/** What says that the file is at fault, not the server of this hour. */
const SERVER_SIDE = 500;

/** Checks a large file that waits in quarantine. Runs again after a crash: what it puts away is the same, the record changes once. */
export function checkJob(store: BlobStore, scratch: Scratch): CheckJob {
  return {
    kind: 'file_check',
    title: messageText('files.check_job'),
    input: Input,
    right: 'files.write',
    maxAttempts: 5,
    asOwner: true,
    internal: true,
    run: async (context) => {
      const row = await context.step((db) => fileById(db, context.input.file_id));
      if (row?.status !== 'quarantine') return { status: row?.status ?? 'deleted' };
      return context.step(settlement(context, row, await verdict(store, scratch, row), store));
    },
  };
}

type Verdict = Parameters<typeof settleFile>[2];

async function verdict(store: BlobStore, scratch: Scratch, row: FileRow): Promise<Verdict> {
  if (row.purpose === 'upload') throw new Error('an upload is read before it is kept');
  const { path, bytes, sha256 } = await scratch.write(await store.open(row.sha256));
  const file = { path, bytes, sha256, name: row.name };
  try {
    const { kind, picture_sha256 } = await examine(store, file, await typeOf(file, row.purpose));
    return { status: 'accepted', ...described(kind, file), picture_sha256 };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= SERVER_SIDE) throw error;
    return { status: 'rejected', problem: storedProblem(error) };
  } finally {
    await scratch.remove(path);
  }
}

function settlement(context: JobContext, row: FileRow, found: Verdict, store: BlobStore) {
  return async (db: Parameters<Parameters<JobContext['step']>[0]>[0]) => {
    if (found.status === 'accepted' && found.picture_sha256 !== null) {
      await claimBlob(db, found.picture_sha256);
      if ((await store.size(found.picture_sha256)) === null) throw new Problem('busy');
    }
    if (!(await settleFile(db, row.id, found))) return { status: 'deleted' };
    if (found.status === 'rejected') await releaseBlob(db, row.sha256);
    await appendAudit(db, context.who, {
      action: `file.${found.status === 'accepted' ? 'accept' : 'reject'}`,
      record_kind: 'file',
      record_id: row.id,
      division_code: row.division_code,
      right: 'files.write',
      before: { status: 'quarantine' },
      after:
        found.status === 'accepted'
          ? { status: found.status }
          : { status: found.status, problem: found.problem.code },
    });
    return { status: found.status };
  };
}

function storedProblem(problem: Problem): StoredProblem {
  const both = (text: (language: 'zh' | 'en') => string) =>
    Object.fromEntries(LANGUAGES.map((language) => [language, text(language)])) as unknown as Text;
  return {
    code: problem.code,
    title: both((language) => message(language, `problems.${problem.code}.title`)),
    detail: both((language) => problemDetail(problem, language)),
  };
}
