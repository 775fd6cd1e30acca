import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerProcess } from '../support/server_process.ts';

/** Resident memory of a process, MB (Linux). */
export function residentMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1024;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A valid ring of `count` vertices around a place of the demonstration land. */
function circle(count: number): number[][] {
  const ring = Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    return [113.44 + 0.004 * Math.cos(angle), 35.23 + 0.004 * Math.sin(angle)];
  });
  return [...ring, ring[0]!];
}

const check = (url: string, ring: number[][]) =>
  fetch(`${url}/api/checks`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ activity: 'house', geometry: { type: 'Polygon', coordinates: [ring] } }),
  });

function upload(url: string, bytes: Uint8Array): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'x.txt');
  return fetch(`${url}/api/uploads`, { method: 'POST', body: form });
}

/** What the server's memory does under many, large and hostile requests at once. */
export async function memoryBench(): Promise<void> {
  const server = await ServerProcess.start({ env: { CUNMA_RATE_LIMITS: 'off' } });
  const small = circle(8);
  const large = circle(15_000);
  const deep = '['.repeat(1_000_000);
  const noise = new Uint8Array(9_900_000).fill(44);
  const loads: Record<string, () => Promise<Response>[]> = {
    '500 checks at once': () => Array.from({ length: 500 }, () => check(server.url, small)),
    '40 checks of 15,000 vertices at once': () => Array.from({ length: 40 }, () => check(server.url, large)),
    '100 bodies of 1,000,000 brackets': () =>
      Array.from({ length: 100 }, () =>
        fetch(`${server.url}/api/checks`, { method: 'POST', headers: JSON_TYPE, body: deep }),
      ),
    '30 uploads of 9.9 MB of commas': () => Array.from({ length: 30 }, () => upload(server.url, noise)),
  };
  try {
    console.log(`idle after start  ${residentMb(server.pid).toFixed(0)} MB`);
    for (const [name, load] of Object.entries(loads)) {
      let peak = 0;
      const sampler = setInterval(() => {
        peak = Math.max(peak, residentMb(server.pid));
      }, 50);
      const statuses = new Map<number, number>();
      const started = performance.now();
      for (const response of await Promise.allSettled(load())) {
        const status = response.status === 'fulfilled' ? response.value.status : 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      const seconds = (performance.now() - started) / 1000;
      clearInterval(sampler);
      await sleep(2000);
      const counts = [...statuses].map(([status, n]) => `${n} × ${status}`).join(', ');
      console.log(
        `${name}: ${seconds.toFixed(1)} s, ${counts}, peak ${peak.toFixed(0)} MB, 2 s later ${residentMb(server.pid).toFixed(0)} MB`,
      );
    }
    const ready = await fetch(`${server.url}/readyz`);
    console.log(`readyz afterwards ${ready.status}`);
  } finally {
    await server.stop();
  }
}
