import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_TEXT, masked } from '../../../server/audit/mask.ts';

describe('masking personal data', () => {
  for (const [what, given, expected] of [
    ['a name', { name: '欧阳修' }, { name: '欧**' }],
    ['a Latin name', { name: 'Zhang San' }, { name: 'Z**' }],
    ['a name of one letter', { name: '张' }, { name: '张**' }],
    ['a character beyond 16 bits', { name: '𠮷田' }, { name: '𠮷**' }],
    ['a login', { login: 'zhangsan' }, { login: 'zh***' }],
    ['a short login', { login: 'ab' }, { login: 'a***' }],
    ['a login of one letter', { login: 'a' }, { login: '***' }],
    ['a mobile number', { phone: '13812345678' }, { phone: '138****5678' }],
    ['a short number', { phone: '12345' }, { phone: '***' }],
    ['a number in a text', { note: '请打13812345678。' }, { note: '请打138****5678。' }],
    ['a citizen’s number in a text', { note: '证410821199003071234号' }, { note: '证410***********1234号' }],
    [
      'a record’s own number, left',
      { id: '138123456789', code: '410821100201' },
      { id: '138123456789', code: '410821100201' },
    ],
    ['an address', { address: '10.1.2.3' }, { address: '10.1.2.**' }],
    ['an IPv4 address in IPv6', { address: '::ffff:10.1.2.3' }, { address: '::ffff:10.1.2.**' }],
    ['an IPv6 address', { address: '2001:db8:1:2::9' }, { address: '2001:db8:1:**' }],
    [
      'secrets',
      { password: 'x', token: 'y', csrf_token: 'z', password_hash: 'h', totp_secret: 's' },
      { password: '***', token: '***', csrf_token: '***', password_hash: '***', totp_secret: '***' },
    ],
    [
      'whether there is a secret, left',
      { has_password: true, password_change_required: false },
      { has_password: true, password_change_required: false },
    ],
    ['a place', { geometry: { type: 'Point', coordinates: [113, 35] } }, { geometry: '***' }],
    ['what lies deep', { people: [{ name: '张三' }] }, { people: [{ name: '张**' }] }],
    ['a name cut off by hand', { name: '张三**' }, { name: '张**' }],
    [
      'a day',
      { at: new Date(0), n: 3, x: null, y: undefined },
      { at: '1970-01-01T00:00:00.000Z', n: 3, x: null, y: null },
    ],
    ['nothing', undefined, null],
  ] as const)
    it(`masks ${what}`, () => expect(masked(given)).to.deep.equal(expected));

  it('keeps of a long text its length and hash', () => {
    const { note } = masked({ note: '长'.repeat(MAX_TEXT + 1) }) as { note: string };
    expect(note).to.match(/^\[1001\] sha256:[0-9a-f]{64}$/);
  });

  it('changes nothing the second time', () => {
    const key = fc.constantFrom(
      'name',
      'login',
      'phone',
      'address',
      'note',
      'id_number',
      'password',
      'geom',
      'x',
    );
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9.:*]{0,20}$/),
      fc.constantFrom('13812345678', '1.2.3.4'),
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(text, fc.integer(), fc.boolean())), (record) => {
        expect(masked(masked(record))).to.deep.equal(masked(record));
      }),
      { numRuns: 2000 },
    );
  });
});
