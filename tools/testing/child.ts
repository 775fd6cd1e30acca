import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from './root.ts';

export interface CommandOptions {
  /** The whole environment; by default this process's own. */
  env?: NodeJS.ProcessEnv;
  /** After this long the command and all its children are ended. */
  limitMs: number;
  /** Whether what it writes is shown while it runs; true by default. */
  show?: boolean;
}

export interface CommandResult {
  ok: boolean;
  /** stdout and stderr as they came, and how the command ended where that was not its own decision. */
  output: string;
}

const running = new Set<ChildProcess>();

/** Runs a command in the project's folder. Never throws: what cannot be started has failed too. */
export async function run(command: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const [program = '', ...args] = command;
  const output: string[] = [];
  // A process group of its own, so that a command is ended together with all that it started.
  const child = spawn(program, args, {
    cwd: ROOT,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const note = (text: string) => {
    output.push(text);
    if (options.show !== false) process.stdout.write(text);
  };
  child.stdout.setEncoding('utf8').on('data', note);
  child.stderr.setEncoding('utf8').on('data', note);
  const limit = setTimeout(() => {
    note(`\n${program} did not end within ${options.limitMs / 1000} s and was ended\n`);
    endGroup(child);
  }, options.limitMs);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal !== null) note(`\n${program} was ended by ${signal}\n`);
    return { ok: code === 0, output: output.join('') };
  } catch (error) {
    note(`\n${program} could not be started: ${error instanceof Error ? error.message : String(error)}\n`);
    return { ok: false, output: output.join('') };
  } finally {
    clearTimeout(limit);
    running.delete(child);
  }
}

/** Ends every command that is still running. */
export function endAll(): void {
  for (const child of running) endGroup(child);
}

/** First politely, so that browsers and servers can clean up, then for good. */
function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), 5000).unref();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
