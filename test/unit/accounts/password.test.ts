import { parseOptions } from '@node-rs/argon2';
import { expect } from 'chai';
import { addressKey } from '../../../server/accounts/address_key.ts';
import { hashPassword, passwordMatches } from '../../../server/accounts/password.ts';
import { passwordFault } from '../../../server/accounts/password_rules.ts';

describe('a new password', () => {
  const cases: [string, string | null][] = [
    ['', 'too_short'],
    ['short1!', 'too_short'],
    ['九个汉字不够呀真的', 'too_short'],
    ['十个汉字就够了对不对', null],
    ['👍👍👍👍👍', 'too_short'],
    ['aaaaaaaaaaaa', 'repeats'],
    ['121212121212', 'repeats'],
    ['password12', 'common'],
    ['P@ssw0rd2026', 'common'],
    ['Admin123456', 'common'],
    ['1234567890', 'common'],
    ['9876543210', 'common'],
    ['qwertyuiop', 'common'],
    ['abcdefghijkl', 'common'],
    ['woaini1314520', 'common'],
    ['5201314!!!!', 'common'],
    ['zhang.san2026', 'contains_login'],
    ['my Zhang.San password', 'contains_login'],
    ['correct horse battery staple', null],
    ['mianhua tang yueliang', null],
    ['xK3 lower only words', null],
  ];
  for (const [password, fault] of cases)
    it(`“${password}”: ${fault ?? 'taken'}`, () => {
      expect(passwordFault(password, 'zhang.san')).to.equal(fault);
    });

  it('may contain a login of two letters', () => {
    expect(passwordFault('lili mantou shucai', 'li')).to.equal(null);
  });
});

describe('a stored password', () => {
  it('is Argon2id with the parameters of OWASP, salted', async () => {
    const [one, two] = await Promise.all([hashPassword('mianhua tang'), hashPassword('mianhua tang')]);
    expect(one).to.not.equal(two);
    expect(one).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(one).saltLen).to.be.at.least(16);
  });

  it('is known again however it was typed, and nothing else is', async () => {
    const stored = await hashPassword('cafe\u0301 １２３ 山水');
    expect(await passwordMatches(stored, 'caf\u00e9 123 山水')).to.equal(true);
    expect(await passwordMatches(stored, 'cafe 123 山水')).to.equal(false);
    expect(await passwordMatches(null, 'nobody has this password')).to.equal(false);
  });
});

describe('what counts as one address', () => {
  for (const [address, key] of [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])
    it(`${address} → ${key}`, () => {
      expect(addressKey(address!)).to.equal(key);
    });
});
