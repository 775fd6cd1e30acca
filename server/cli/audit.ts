import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { allHeads, checkedHeads, showChain, slicesOf, verifyChains } from '../audit/index.ts';
import { type ChainHead, SignedHeads } from '../contract/index.ts';
import type { InstallationKey } from '../keys.ts';
import { LANGUAGES, message } from '../messages/index.ts';
import { Problem } from '../problems.ts';

export interface AuditTools {
  /** opens the database, acts as its owner, closes it */
  withKnex(use: (knex: Knex) => Promise<number>): Promise<number>;
  key(): InstallationKey;
  write(text: string): void;
}

const OPTIONS = { heads: { type: 'string' }, out: { type: 'string' } } as const;

/**
 * `cunma audit verify [--heads FILE]` and `cunma audit head [--out FILE]`. Answers the exit code: 0 in order, 1 a broken
 * chain, 2 not understood. Throws `heads_invalid`, `heads_foreign`.
 */
export async function auditCommand(words: readonly string[], tools: AuditTools): Promise<number> {
  const asked = understood(words);
  if (asked?.action === 'verify') return verify(asked.file, tools);
  if (asked?.action === 'head') return head(asked.file, tools);
  tell(tools, 'usage');
  return words.length === 0 || words.includes('--help') ? 0 : 2;
}

function understood(words: readonly string[]): { action: string; file: string | undefined } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: OPTIONS,
      allowPositionals: true,
      strict: true,
    });
    const [action, ...more] = positionals;
    if (more.length > 0 || (action !== 'verify' && action !== 'head')) return null;
    if (values[action === 'verify' ? 'out' : 'heads'] !== undefined) return null;
    return { action, file: values.heads ?? values.out };
  } catch {
    return null;
  }
}

async function verify(file: string | undefined, tools: AuditTools): Promise<number> {
  const kept = file === undefined ? [] : keptIn(file, tools.key().fingerprint);
  return tools.withKnex(async (knex) => {
    const sum = { chains: 0, entries: 0, broken: 0 };
    for await (const result of verifyChains(slicesOf(knex, null), kept, new AbortController().signal)) {
      sum.chains += 1;
      sum.entries += result.entries;
      const { county_code: county, county_name, entries } = result;
      const name = county_name ?? '';
      if (result.fault === null) {
        tell(tools, 'chain_ok', { county, name, entries });
        continue;
      }
      sum.broken += 1;
      tell(tools, 'chain_broken', (language) => ({
        county,
        name,
        fault: showChain(result, language).fault!.text,
      }));
    }
    if (sum.broken > 0) tell(tools, 'verified_broken', sum);
    else tell(tools, kept.length > 0 ? 'verified_kept' : 'verified', sum);
    return sum.broken === 0 ? 0 : 1;
  });
}

function keptIn(file: string, fingerprint: string): ChainHead[] {
  let content: unknown = null;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = SignedHeads.safeParse(content);
  if (!parsed.success) throw new Problem('heads_invalid');
  return checkedHeads(parsed.data, fingerprint).heads;
}

async function head(file: string | undefined, tools: AuditTools): Promise<number> {
  return tools.withKnex(async (knex) => {
    const signed = await allHeads(knex, tools.key());
    const text = `${JSON.stringify(signed, null, 2)}\n`;
    if (file === undefined) tools.write(text);
    else {
      // never over heads that are kept already: they may be the only proof
      writeFileSync(file, text, { flag: 'wx' });
      const { fingerprint, heads } = signed.document;
      tell(tools, 'head_written', { file, chains: heads.length, fingerprint });
    }
    return 0;
  });
}

type Params = Record<string, string | number>;

/** In both languages, Chinese first. */
function tell(
  { write }: AuditTools,
  key: string,
  params: Params | ((language: 'zh' | 'en') => Params) = {},
): void {
  for (const language of LANGUAGES)
    write(`${message(language, `audit.${key}`, typeof params === 'function' ? params(language) : params)}\n`);
}
