import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CheckAnswer, ProblemBody, UploadAnswer } from '../../server/contract/index.ts';
import { type Served, serve } from '../support/serve.ts';

const GOLDEN = new URL('../fixtures/uploads/', import.meta.url);

describe('uploads', () => {
  let server: Served;
  before(async () => {
    server = await serve();
  });
  after(() => server.close());

  async function upload<T>(name: string, bytes: Uint8Array | string, path = '/api/uploads') {
    const form = new FormData();
    form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
    const response = await fetch(server.base + path, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as T };
  }

  it('reads the two parcels of a boundary-point file with their official areas, and checks one', async () => {
    const { status, body } = await upload<UploadAnswer>(
      'golden.txt',
      readFileSync(new URL('two_parcels.txt', GOLDEN)),
    );
    expect(status).to.equal(200);
    expect(body.format).to.equal('txt');
    expect(body.crs.id).to.equal('EPSG:4526');
    const areas = body.features.features.map(({ properties }) => properties.area_m2 as number);
    expect(areas[0]).to.be.closeTo(10622.8361, 1e-4);
    expect(areas[1]).to.be.closeTo(3629.5746, 1e-4);
    const check = await fetch(`${server.base}/api/checks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ geometry: body.features.features[0]!.geometry, activity: 'house' }),
    });
    expect(check.status).to.equal(201);
    expect(((await check.json()) as CheckAnswer).area_m2).to.equal(10622.84);
  });

  it('keeps attributes that look like a text in both languages as they are', async () => {
    const attributes = { both: { zh: '中', en: 'e' } };
    const ring = [
      [113.24, 35.215],
      [113.241, 35.215],
      [113.241, 35.216],
      [113.24, 35.215],
    ];
    const feature = {
      type: 'Feature',
      properties: attributes,
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    const { body } = await upload<UploadAnswer>('x.geojson', JSON.stringify(feature));
    expect(body.features.features[0]!.properties.attributes).to.deep.equal(attributes);
  });

  it('refuses what is no file, an empty one, one too large and one of no known format', async () => {
    const none = await fetch(`${server.base}/api/uploads`, { method: 'POST', body: new FormData() });
    expect(((await none.json()) as ProblemBody).code).to.equal('file_missing');
    const json = await fetch(`${server.base}/api/uploads`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(((await json.json()) as ProblemBody).code).to.equal('unsupported_media_type');
    expect((await upload<ProblemBody>('empty.txt', '')).body.code).to.equal('file_empty');
    expect((await upload<ProblemBody>('big.txt', new Uint8Array(11_000_000))).body.code).to.equal(
      'file_too_large',
    );
    const noise = await upload<ProblemBody>('a.txt', new Uint8Array([0, 1, 2, 250, 9]));
    expect(noise.status).to.equal(422);
  });

  it('answers a form that is cut off, and goes on', async () => {
    const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const response = await fetch(`${server.base}/api/uploads`, { method: 'POST', headers, body });
    expect(response.status).to.be.within(400, 422);
    expect(((await response.json()) as ProblemBody).code).to.equal('file_unreadable');
    expect((await fetch(`${server.base}/healthz`)).status).to.equal(200);
  });
});
