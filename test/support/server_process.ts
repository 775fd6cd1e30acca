import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free_port.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 20_000;

export interface ServerOptions {
  /** Folder for `CUNMA_DATA`, kept by {@link ServerProcess.stop}; by default a new one that stop() removes. */
  data?: string;
  /** Added to the environment, or overriding it: `DATABASE_URL`, `CUNMA_LAND`, … */
  env?: Record<string, string>;
  /** A module that is loaded before the server, for kinds of jobs of the test's own. */
  preload?: URL;
  /** How long the server may take until /readyz says 200; 120 s by default. */
  readyLimitMs?: number;
}

/** The real server in a process of its own, as an operator runs it. */
export class ServerProcess {
  /** `http://127.0.0.1:{port}`, no slash at the end */
  readonly url: string;
  /** `CUNMA_DATA` of this server: start another on it to see what survived. */
  readonly data: string;
  readonly #ownsData: boolean;
  readonly #child: ChildProcess;
  readonly #output: string[] = [];

  private constructor(child: ChildProcess, url: string, data: string, ownsData: boolean) {
    this.#child = child;
    this.url = url;
    this.data = data;
    this.#ownsData = ownsData;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#output.push(text));
    }
  }

  /** Starts the server and waits until it is ready; throws with its log where it ends or is late. */
  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = await ServerProcess.launch(options);
    try {
      await server.ready(options.readyLimitMs ?? READY_LIMIT_MS);
    } catch (error) {
      await server.kill9();
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Starts the server and returns at once, for tests of what it says until it is ready. */
  static async launch(options: ServerOptions = {}): Promise<ServerProcess> {
    const port = await freePort();
    const data = options.data ?? mkdtempSync(join(tmpdir(), 'cunma-data-'));
    const preload = options.preload === undefined ? [] : [`--import=${options.preload.href}`];
    const child = spawn(process.execPath, ['--import=tsx', ...preload, 'server/main.ts'], {
      cwd: ROOT,
      env: { ...environment(), PORT: String(port), CUNMA_DATA: data, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`, data, options.data === undefined);
    const takeAlong = () => void child.kill('SIGKILL');
    process.once('exit', takeAlong);
    child.once('exit', () => process.off('exit', takeAlong));
    return server;
  }

  /** Everything the server has written so far. */
  get log(): string {
    return this.#output.join('');
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits for 200 from /readyz. */
  async ready(limitMs: number = READY_LIMIT_MS): Promise<void> {
    const until = Date.now() + limitMs;
    let last = 'no answer';
    while (this.running && Date.now() < until) {
      try {
        const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(10_000) });
        last = `${response.status} ${await response.text()}`;
        if (response.status === 200) return;
      } catch (error) {
        last = String(error);
      }
      await sleep(100);
    }
    const what = this.running
      ? `not ready in ${limitMs} ms (/readyz: ${last})`
      : `ended with ${this.#ending()}`;
    throw new Error(`server ${what}\n${this.log}`);
  }

  /** Sends a signal and does not wait. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits for the end of the process; its exit code, or the signal that ended it. */
  async ended(): Promise<number | string> {
    if (this.running) await once(this.#child, 'exit');
    return this.#child.signalCode ?? this.#child.exitCode!;
  }

  /** Ends the process as a power cut would, and waits until it is gone; its data stay. */
  async kill9(): Promise<void> {
    if (this.running) await this.#end('SIGKILL');
  }

  /** Ends the process in an orderly way (SIGTERM) and removes its data; throws where it does not end in 20 s. */
  async stop(): Promise<void> {
    let late = false;
    if (this.running) {
      const timer = setTimeout(() => {
        late = true;
        this.#child.kill('SIGKILL');
      }, STOP_LIMIT_MS);
      await this.#end('SIGTERM');
      clearTimeout(timer);
    }
    if (this.#ownsData) rmSync(this.data, { recursive: true, force: true });
    if (late) throw new Error(`server did not end within ${STOP_LIMIT_MS} ms of SIGTERM\n${this.log}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exit;
  }

  #ending(): string {
    return this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
  }
}

/** The environment without what would point the server at somebody's real data. */
function environment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, CUNMA_LAND: _land, PUBLIC_URL: _public, ...rest } = process.env;
  return rest;
}
