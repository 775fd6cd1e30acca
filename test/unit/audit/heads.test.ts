import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../../../server/audit/canonical.ts';
import { checkedHeads, signHeads } from '../../../server/audit/heads.ts';
import { type InstallationKey, installationKey } from '../../../server/keys.ts';
import type { Problem } from '../../../server/problems.ts';

const ROWS = [{ county_code: '410821', seq: '7', hash: Buffer.alloc(32, 1) }];

describe('signed heads', () => {
  let key: InstallationKey;
  let other: InstallationKey;
  before(() => {
    [key, other] = [1, 2].map(() => {
      const folder = mkdtempSync(join(tmpdir(), 'cunma-key-'));
      const made = installationKey(folder);
      rmSync(folder, { recursive: true });
      return made;
    }) as [InstallationKey, InstallationKey];
  });
  const fault = (work: () => unknown): string => {
    try {
      work();
      return 'none';
    } catch (error) {
      return (error as Problem).code;
    }
  };

  it('are good as they were signed, also after a way through JSON with other order and spaces', () => {
    const signed = signHeads(ROWS, new Date(0), key);
    expect(checkedHeads(signed, key.fingerprint)).to.equal(signed.document);
    const { heads, ...rest } = signed.document;
    const reordered = JSON.parse(JSON.stringify({ ...signed, document: { heads, ...rest } }, null, 4));
    expect(fault(() => checkedHeads(reordered, key.fingerprint))).to.equal('none');
  });

  it('are refused when anything in them is changed, or another installation signed them', () => {
    const signed = () => signHeads(ROWS, new Date(0), key);
    const changes: ((s: ReturnType<typeof signed>) => unknown)[] = [
      (s) => (s.document.heads[0]!.seq = '6'),
      (s) => (s.document.at = '2026-01-01T00:00:00.000Z'),
      (s) => (s.document.fingerprint = other.fingerprint),
      (s) => s.document.heads.pop(),
      (s) => (s.public_key = other.publicKey),
      (s) => (s.public_key = 'no key'),
      (s) => (s.signature = ''),
    ];
    for (const change of changes) {
      const forged = signed();
      change(forged);
      expect(
        fault(() => checkedHeads(forged, key.fingerprint)),
        String(change),
      ).to.equal('heads_invalid');
    }
    const theirs = signHeads(ROWS, new Date(0), other);
    expect(fault(() => checkedHeads(theirs, key.fingerprint))).to.equal('heads_foreign');
  });

  it('are written as RFC 8785 says', () => {
    expect(canonicalJson({ b: 1, a: ['x', null, true], 村: '€"\n', A: {} })).to.equal(
      '{"A":{},"a":["x",null,true],"b":1,"村":"€\\"\\n"}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value as Json))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
