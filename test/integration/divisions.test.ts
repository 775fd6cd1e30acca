import { expect } from 'chai';
import divisions from '../../data/divisions.json' with { type: 'json' };
import type { DivisionList, ProblemBody } from '../../server/contract/index.ts';
import { serve } from '../support/serve.ts';

const MIANCHI = '411221';

describe('divisions', () => {
  let base = '';
  let close: () => Promise<void>;

  before(async () => {
    ({ base, close } = await serve());
  });
  after(() => close());

  const search = async (params: Record<string, string>) => {
    const response = await fetch(`${base}/api/divisions?${new URLSearchParams(params)}`);
    expect(response.status).to.equal(200);
    return (await response.json()) as DivisionList;
  };

  it('are found by name, pinyin, initials and code, of every level', async () => {
    for (const q of ['渑池县', '渑池', 'mianchixian', 'mianchi', 'mcx', MIANCHI]) {
      const { divisions: found } = await search({ q });
      expect(found[0], q).to.include({ code: MIANCHI, name: '渑池县', level: 3 });
      expect(found[0]!.path, q).to.deep.equal(['三门峡市']);
    }
  });

  it('are found by the names above them', async () => {
    const { divisions: found } = await search({ q: '修武县城关' });
    expect(found[0]).to.include({ code: '410821100', level: 4 });
    expect(found[0]!.path).to.deep.equal(['焦作市', '修武县']);
  });

  it('stay within the areas that were asked for, and all of them are counted', async () => {
    const within = divisions.filter(({ code }) => code.startsWith(MIANCHI) || code.startsWith('410821100'));
    const list = await search({ within: `${MIANCHI},410821100`, limit: '100' });
    expect(list.number_matched).to.equal(within.length);
    expect(list.divisions[0]!.code).to.equal(MIANCHI);
    const codes = new Set(within.map(({ code }) => code));
    for (const { code } of list.divisions) expect(codes.has(code), code).to.equal(true);
    expect((await search({ q: '渑池', within: '4108' })).divisions).to.deep.equal([]);
  });

  it('take signs of patterns as they are written', async () => {
    expect((await search({ q: '%' })).number_matched).to.equal(0);
    expect((await search({ q: '_' })).number_matched).to.equal(0);
  });

  it('are refused an area that is no code', async () => {
    for (const within of ['4', '410821,', 'x', '41082']) {
      const response = await fetch(`${base}/api/divisions?within=${within}`);
      expect(response.status, within).to.equal(400);
      expect(((await response.json()) as ProblemBody).code).to.equal('invalid_request');
    }
  });
});
