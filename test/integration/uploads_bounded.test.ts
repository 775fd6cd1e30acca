import { expect } from 'chai';
import type { ProblemBody, UploadAnswer } from '../../server/contract/index.ts';
import { type Served, serve } from '../support/serve.ts';

const DEGREES = 'lon,lat\n113.24,35.215\n113.241,35.215\n113.241,35.216\n';

describe('uploads: what the form says, and many at once', () => {
  let server: Served;
  before(async () => {
    server = await serve(undefined, { rateLimits: false });
  });
  after(() => server.close());

  async function upload<T>(text: string, fields: Record<string, string> = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([text]), 'typed.csv');
    const response = await fetch(`${server.base}/api/uploads`, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as T };
  }

  it('the datum of the form moves the points, in either language with a note', async () => {
    const plain = await upload<UploadAnswer>(DEGREES, { datum: '', crs: '' });
    const gcj = await upload<UploadAnswer>(DEGREES, { datum: 'gcj02' });
    expect([plain.status, gcj.status]).to.deep.equal([200, 200]);
    const west = ({ body }: typeof plain) =>
      body.features.features[0]!.geometry.coordinates[0][0][0] as number;
    expect(Math.abs(west(plain) - west(gcj)) * 91_000).to.be.within(300, 800);
    expect(gcj.body.notes.map(({ code }) => code)).to.include('gcj02_converted');
    expect(gcj.body.crs.id).to.equal('GCJ-02');
  });
  it('refuses a datum and a system that do not exist, with the name of the field', async () => {
    const datum = await upload<ProblemBody>(DEGREES, { datum: 'bd09' });
    expect([datum.status, datum.body.code, datum.body.where]).to.deep.equal([
      400,
      'invalid_request',
      { path: 'datum' },
    ]);
    expect((await upload<ProblemBody>(DEGREES, { crs: 'x'.repeat(500) })).body.code).to.equal(
      'invalid_request',
    );
    expect((await upload<ProblemBody>(DEGREES, { crs: 'EPSG:2362' })).body.code).to.equal(
      'crs_datum_refused',
    );
  });
  it('40 at once: each is read or turned away, and the server is right afterwards', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => upload<UploadAnswer & ProblemBody>(DEGREES)),
    );
    for (const { status, body } of answers) {
      if (status === 200) expect(body.features.features).to.have.length(1);
      else expect([status, body.code]).to.deep.equal([503, 'busy']);
    }
    expect(answers.some(({ status }) => status === 200)).to.equal(true);
    expect((await upload<UploadAnswer>(DEGREES)).status).to.equal(200);
  });
});
