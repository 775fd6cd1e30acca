import { expect } from 'chai';
import type { CheckAnswer, ProblemBody } from '../../server/contract/index.ts';
import { RATES_PER_MINUTE } from '../../server/http/index.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

const CHECK = JSON.stringify({ geometry: polygon(cells(1.9, 0.2, 2.1, 0.3)), activity: 'house' });
const OVERLAY = JSON.stringify({ geometry: polygon(cells(1.9, 0.2, 2.1, 0.3)) });
const JSON_TYPE = { 'content-type': 'application/json' };

describe('limits', function () {
  this.timeout(120_000);

  async function count(requests: Promise<Response>[]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const response of await Promise.all(requests)) {
      const body = (await response.json()) as Partial<CheckAnswer & ProblemBody>;
      const key = body.code ?? (body.outcome as string);
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  it('answers or turns away each of 500 checks at once, and is right afterwards', async () => {
    const server = await serve(undefined, { rateLimits: false });
    try {
      const check = () =>
        fetch(`${server.base}/api/checks`, { method: 'POST', headers: JSON_TYPE, body: CHECK });
      const counts = await count(Array.from({ length: 500 }, check));
      expect(counts).to.deep.equal({ conflict: 500 });
      expect(await (await fetch(`${server.base}/readyz`)).json()).to.include({ status: 'ready' });
    } finally {
      await server.close();
    }
  });

  it('limits what one address asks in a minute, and says when to come back', async () => {
    const server = await serve(undefined, { rateLimits: true });
    try {
      const bad = () =>
        fetch(`${server.base}/api/checks`, { method: 'POST', headers: JSON_TYPE, body: '{}' });
      const counts = await count(Array.from({ length: RATES_PER_MINUTE.check + 10 }, bad));
      expect(counts).to.deep.equal({ invalid_request: RATES_PER_MINUTE.check, too_many_requests: 10 });
      const refused = await bad();
      expect(refused.status).to.equal(429);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      expect((await fetch(`${server.base}/api/villages?limit=1`)).status).to.equal(200);
      // a header that anyone can send does not make another address
      const forged = await fetch(`${server.base}/api/checks`, {
        method: 'POST',
        headers: { ...JSON_TYPE, 'x-forwarded-for': '1.2.3.4' },
        body: '{}',
      });
      expect(forged.status).to.equal(429);
    } finally {
      await server.close();
    }
  });

  it('does not answer overlays for somebody behind a proxy', async () => {
    const server = await serve();
    try {
      const overlay = (headers: Record<string, string>) =>
        fetch(`${server.base}/api/overlays`, {
          method: 'POST',
          headers: { ...JSON_TYPE, ...headers },
          body: OVERLAY,
        });
      expect((await overlay({})).status).to.equal(200);
      expect((await overlay({ 'x-forwarded-for': '203.0.113.7' })).status).to.equal(401);
    } finally {
      await server.close();
    }
  });
});
