import { parseArgs } from 'node:util';

export type Scale = 'demo' | 'county' | 'prefecture';

export type LandCommand =
  | { action: 'load'; scale: Scale; counties: string[] | null; dryRun: boolean }
  | { action: 'remove'; yes: boolean }
  | { action: 'status' }
  | { action: 'verify' | 'rebuild'; counties: string[] | null }
  /** `fault`: a key of the catalogue under `operator`; null: help was asked for */
  | { action: 'usage'; fault: string | null; params: Record<string, string> };

const SCALES: readonly string[] = ['demo', 'county', 'prefecture'] satisfies Scale[];

const OPTIONS = {
  scale: { type: 'string' },
  counties: { type: 'string' },
  'dry-run': { type: 'boolean' },
  remove: { type: 'boolean' },
  yes: { type: 'boolean' },
  status: { type: 'boolean' },
  verify: { type: 'boolean' },
  rebuild: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What `cunma …` is asked to do; whatever is not understood becomes `usage`, never a guess. */
export function readArguments(words: readonly string[]): LandCommand {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(words);
  } catch {
    const known = Object.keys(OPTIONS).map((name) => `--${name}`);
    const odd = words.find((w) => w.startsWith('-') && !known.includes(w.split('=')[0]!));
    return usage('unknown_argument', { argument: odd ?? words.join(' ') });
  }
  const { values, positionals } = parsed;
  if (values.help) return usage(null);
  if (positionals.length !== 1 || positionals[0] !== 'land')
    return positionals.length === 0
      ? usage(null)
      : usage('unknown_argument', { argument: positionals.find((w, i) => i > 0 || w !== 'land')! });
  const clash = excluded(values);
  if (clash) return usage('unknown_argument', { argument: `--${clash}` });
  if (values.remove) return { action: 'remove', yes: values.yes ?? false };
  if (values.status) return { action: 'status' };
  const counties = values.counties === undefined ? null : values.counties.split(',').map((c) => c.trim());
  if (values.verify) return { action: 'verify', counties };
  if (values.rebuild) return { action: 'rebuild', counties };
  const scale = values.scale ?? 'demo';
  if (!SCALES.includes(scale)) return usage('unknown_scale', { scale });
  return { action: 'load', scale: scale as Scale, counties, dryRun: values['dry-run'] ?? false };
}

function parse(words: readonly string[]) {
  return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
}

function usage(fault: string | null, params: Record<string, string> = {}): LandCommand {
  return { action: 'usage', fault, params };
}

/** An option that has no meaning beside the action that was asked for. */
function excluded(values: ReturnType<typeof parse>['values']): string | undefined {
  const given = Object.keys(values).filter((name) => values[name as keyof typeof values] !== undefined);
  return given.find((name) => !allowedBeside(values).includes(name));
}

function allowedBeside({ remove, status, verify, rebuild }: ReturnType<typeof parse>['values']): string[] {
  if (remove) return ['remove', 'yes'];
  if (status) return ['status'];
  if (verify) return ['verify', 'counties'];
  if (rebuild) return ['rebuild', 'counties'];
  return ['scale', 'counties', 'dry-run'];
}
