import { existsSync } from 'node:fs';
import { totpPurpose } from '../accounts/index.ts';
import { type Database, FolderInUse, openEmbedded, openNative } from '../db/index.ts';
import { LANGUAGES, message } from '../messages/index.ts';
import {
  examineBackups,
  examineDatabase,
  examineDisk,
  examineKey,
  FILE_STORE,
  type Finding,
  findingOf,
  hasEmbeddedDatabase,
  sealedSecret,
} from '../recovery/index.ts';
import { type RecoveryTools, tell } from './recovery_tools.ts';

const SIGNS = { ok: '✓', warning: '!', fault: '✗' } as const;

/** `cunma doctor`: examines the installation and says what to do. Changes nothing. Answers 1 where something is broken. */
export async function doctorCommand(tools: RecoveryTools): Promise<number> {
  const sum = { faults: 0, warnings: 0 };
  for await (const finding of examine(tools)) {
    if (finding.level === 'fault') sum.faults++;
    if (finding.level === 'warning') sum.warnings++;
    tools.write(`${lineOf(finding).join('\n')}\n`);
  }
  if (sum.faults + sum.warnings === 0) tell(tools, 'doctor.ok');
  else tell(tools, 'doctor.sum', sum);
  return sum.faults > 0 ? 1 : 0;
}

function lineOf({ level, subject, text, params }: Finding): string[] {
  return LANGUAGES.map((language, i) => {
    const say = (key: string) => message(language, `recovery.doctor.${key}`, params);
    return `${i === 0 ? SIGNS[level] : ' '} ${say(subject)}: ${say(text)}`;
  });
}

async function* examine(tools: RecoveryTools): AsyncGenerator<Finding> {
  const { dataFolder, backups, selfTest } = tools;
  const { database, finding } = await open(tools);
  if (finding !== null) yield finding;
  let sealed: { bytes: Buffer; purpose: string } | null = null;
  try {
    if (database !== null) {
      yield* examineDatabase(database, FILE_STORE.at(dataFolder), FILE_STORE.names, selfTest);
      const found = await sealedSecret(database.knex);
      if (found !== null) sealed = { bytes: found.bytes, purpose: totpPurpose(found.account_id) };
    }
  } catch (error) {
    yield findingOf('engine', 'engine_failed', error);
  } finally {
    await database?.close();
  }
  yield examineKey(dataFolder, sealed);
  if (existsSync(dataFolder)) yield await examineDisk(dataFolder);
  yield await examineBackups(backups, new Date());
}

/** The database, or why it is not examined. Never makes one. */
async function open({
  databaseUrl,
  dataFolder,
}: RecoveryTools): Promise<{ database: Database | null; finding: Finding | null }> {
  if (databaseUrl !== null) return { database: openNative(databaseUrl), finding: null };
  if (!(await hasEmbeddedDatabase(dataFolder)))
    return { database: null, finding: findingOf('engine', 'engine_missing', null) };
  try {
    return { database: await openEmbedded(dataFolder), finding: null };
  } catch (error) {
    if (error instanceof FolderInUse)
      return {
        database: null,
        finding: { level: 'warning', subject: 'engine', text: 'engine_running', params: {} },
      };
    return { database: null, finding: findingOf('engine', 'engine_failed', error) };
  }
}
