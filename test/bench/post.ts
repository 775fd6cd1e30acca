import { Agent, request } from 'node:http';

export interface Answered {
  status: number;
  text: string;
}

/**
 * Posts JSON over one connection that stays open. Lighter than fetch, which made 2.5 ms of a request that takes 1.1, and
 * 8.4 of one that takes 5.8 (measured 2026-11-22): that would be counted as the server's.
 */
export function poster(
  base: string,
  headers: Record<string, string>,
): (path: string, body: unknown) => Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path, body) =>
    new Promise((resolve, reject) => {
      const text = Buffer.from(JSON.stringify(body));
      const call = request(base + path, {
        agent,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': text.length },
      });
      call.once('error', reject);
      call.once('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode!, text: Buffer.concat(parts).toString() }),
        );
      });
      call.end(text);
    });
}
