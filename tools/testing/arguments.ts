import { parseArgs } from 'node:util';

export const DEFAULT_STEPS = [
  'setup',
  'typecheck',
  'lint',
  'build',
  'unit',
  'integration:embedded',
  'integration:native',
  'e2e',
] as const;
export const SOAK_STEPS = ['setup', 'soak:embedded', 'soak:native'] as const;

export type StepName = (typeof DEFAULT_STEPS)[number] | (typeof SOAK_STEPS)[number];

export interface Arguments {
  steps: StepName[];
  /** Only tests whose full title matches. */
  grep: string | null;
}

export const USAGE = `npm test -- [--only STEP,STEP] [--soak] [--grep PATTERN]
  steps: ${DEFAULT_STEPS.join(' ')} (integration means both engines)`;

/** Reads the command line; throws with {@link USAGE} where a step or option is unknown. */
export function parseArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, soak: { type: 'boolean' }, grep: { type: 'string' } },
  });
  const offered: readonly StepName[] = values.soak ? SOAK_STEPS : DEFAULT_STEPS;
  const steps = values.only === undefined ? [...offered] : chosen(values.only.split(','), offered);
  return { steps, grep: values.grep ?? null };
}

/** Setup comes along with every step that may need what it installs. */
function chosen(names: string[], offered: readonly StepName[]): StepName[] {
  for (const name of names) {
    if (!offered.some((step) => isNamed(step, name))) throw new Error(`no step ${name}\n${USAGE}`);
  }
  const steps = offered.filter((step) => names.some((name) => isNamed(step, name)));
  const needsTools = steps.some((step) => step.endsWith(':native') || step === 'e2e');
  return needsTools && !steps.includes('setup') ? ['setup', ...steps] : steps;
}

function isNamed(step: StepName, name: string): boolean {
  return step === name || step.startsWith(`${name}:`);
}
