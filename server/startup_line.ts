import type { Startup, StartupStep } from './startup.ts';

const WORDS: Record<Exclude<StartupStep, 'ready'>, string> = {
  database: '打开数据库 opening the database',
  migrations: '更新库表 updating tables',
  land: '准备示意数据 preparing the demonstration land',
  self_test: '自检 self-test',
};

/** One line of the terminal's progress; null: nothing to say. */
export function startupLine({ step, done, total }: Pick<Startup, 'step' | 'done' | 'total'>): string | null {
  if (step === 'ready') return null;
  return total > 0 ? `${WORDS[step]} ${done}/${total}` : `${WORDS[step]} …`;
}
