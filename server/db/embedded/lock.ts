import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A second process has the data folder open. PGlite's own pid file does not keep it out: rows would be lost. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(
      `${folder} is in use by another Cunma process. Stop that process, or set CUNMA_DATA to another folder.\n` +
        `${folder} 正被另一个村码进程使用。请先停止该进程，或将 CUNMA_DATA 设为其他文件夹。`,
    );
    this.name = 'FolderInUse';
  }
}

/** Linux: an abstract socket, Windows: a named pipe; both vanish with their process. Elsewhere a socket file. */
function address(folder: string): string {
  const name = `cunma-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), name);
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Holds the folder until the process ends or the returned function is called. Throws {@link FolderInUse}. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = address(folder);
  let server: Server;
  try {
    server = await listen(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || (await answers(path)))
      throw new FolderInUse(folder);
    rmSync(path, { force: true });
    server = await listen(path);
  }
  return () => new Promise((resolve) => server.close(() => resolve()));
}
