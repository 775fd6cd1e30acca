import { expect } from 'chai';
import { newRecoveryCodes, readRecoveryCode, recoveryHash } from '../../../server/accounts/recovery_codes.ts';
import { currentStep, newTotpSecret, totpIdentity, totpStep } from '../../../server/accounts/totp.ts';

/** RFC 6238, appendix B, SHA-1; the last six of its eight digits (RFC 4226, 5.3: the value modulo 10^digits). */
const SECRET = Buffer.from('12345678901234567890', 'ascii');
const VECTORS = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;
const at = (seconds: number) => new Date(seconds * 1000);

describe('one-time codes by time (RFC 6238)', () => {
  for (const [seconds, digits] of VECTORS) {
    const code = digits.slice(2);
    const step = Math.floor(seconds / 30);
    it(`at ${seconds} s the code is ${code}`, () => {
      expect(totpStep(SECRET, code, at(seconds), null)).to.equal(step);
      expect(totpStep(SECRET, code, at(seconds + 30), null)).to.equal(step);
      expect(totpStep(SECRET, code, at(seconds - 30), null)).to.equal(step);
      expect(totpStep(SECRET, code, at(seconds + 60), null)).to.equal(null);
      expect(totpStep(SECRET, code, at(seconds - 60), null)).to.equal(null);
    });
  }

  const [seconds, digits] = VECTORS[3];
  const [now, code, step] = [at(seconds), digits.slice(2), Math.floor(seconds / 30)];

  it('counts once, and not after a later one', () => {
    expect(totpStep(SECRET, code, now, step - 1)).to.equal(step);
    expect(totpStep(SECRET, code, now, step)).to.equal(null);
    expect(totpStep(SECRET, code, now, step + 1)).to.equal(null);
  });

  it('lets in again after the clock was set back, and then counts once', () => {
    const ahead = step + (365 * 86_400) / 30;
    expect(totpStep(SECRET, code, now, ahead)).to.equal(step);
    expect(totpStep(SECRET, code, now, step)).to.equal(null);
  });

  it('takes nothing but six digits', () => {
    for (const odd of [
      '',
      code.slice(1),
      `${code}0`,
      `0${code}`,
      `-${code}`,
      '１２３４５６',
      `${code.slice(0, 5)}x`,
    ])
      expect(totpStep(SECRET, odd, now, null), odd).to.equal(null);
  });

  it('is read by an authenticator from an otpauth address', () => {
    const { secret, uri } = totpIdentity(SECRET, 'li.ming', 'Cunma example.org');
    // RFC 4648 of the ASCII digits
    expect(secret).to.equal('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const url = new URL(uri);
    expect([url.protocol, url.host]).to.deep.equal(['otpauth:', 'totp']);
    expect(decodeURIComponent(url.pathname)).to.equal('/Cunma example.org:li.ming');
    expect(url.searchParams.get('secret')).to.equal(secret);
    expect(url.searchParams.get('issuer')).to.equal('Cunma example.org');
  });

  it('has a secret of 160 bits, another one each time', () => {
    expect(newTotpSecret()).to.have.length(20);
    expect(newTotpSecret().equals(newTotpSecret())).to.equal(false);
    expect(currentStep(at(59))).to.equal(1);
  });
});

describe('recovery codes', () => {
  it('are ten different ones that survive how people type', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).to.equal(10);
    for (const code of codes) {
      expect(code).to.match(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
      const typed = ` ${code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')} `;
      expect(readRecoveryCode(typed)).to.equal(code.replaceAll('-', ''));
      expect(recoveryHash('7', typed).equals(recoveryHash('7', code))).to.equal(true);
      expect(recoveryHash('8', code).equals(recoveryHash('7', code))).to.equal(false);
    }
  });

  it('are told from codes of the authenticator', () => {
    for (const odd of ['123456', '', 'x'.repeat(15), 'x'.repeat(17), 'uuuu-uuuu-uuuu-uuuu'])
      expect(readRecoveryCode(odd), odd).to.equal(null);
  });
});
