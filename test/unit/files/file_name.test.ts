import { expect } from 'chai';
import fc from 'fast-check';
import { attachment } from '../../../server/files/content_headers.ts';
import { safeName } from '../../../server/files/file_name.ts';

const jpeg = (claimed: string) => safeName(claimed, ['jpg', 'jpeg'], 'abc');

describe('names of files', () => {
  for (const [claimed, safe] of [
    ['现场照片.jpg', '现场照片.jpg'],
    ['IMG 0001.JPEG', 'IMG 0001.JPEG'],
    ['../../etc/passwd.jpg', 'passwd.jpg'],
    ['C:\\Users\\li\\照片.jpg', '照片.jpg'],
    ['a/b\\c.jpg', 'c.jpg'],
    ['photo.jpg.exe', 'photo.jpg.exe.jpg'],
    ['invoice\u202Egpj.exe', 'invoicegpj.exe.jpg'],
    ['a\u0000b\r\nc.jpg', 'abc.jpg'],
    ['zero\u200Bwidth\uFEFF.jpg', 'zerowidth.jpg'],
    ['CON', '_CON.jpg'],
    ['nul.jpg', '_nul.jpg'],
    ['com1.tar.jpg', '_com1.tar.jpg'],
    ['lpt³.jpg', '_lpt³.jpg'],
    ['console.jpg', 'console.jpg'],
    ['what?<is>|this*".jpg', 'what__is__this__.jpg'],
    ['stream.jpg:hidden', 'stream.jpg_hidden.jpg'],
    ['...', 'abc.jpg'],
    ['', 'abc.jpg'],
    ['/', 'abc.jpg'],
    ['.htaccess', 'htaccess.jpg'],
    ['trailing. . .', 'trailing.jpg'],
    ['lone \uD800 half.jpg', 'lone _ half.jpg'],
    ['e\u0301.jpg', '\u00e9.jpg'],
  ] as const)
    it(`makes ${JSON.stringify(claimed)} ${JSON.stringify(safe)}`, () => {
      expect(jpeg(claimed)).to.equal(safe);
    });

  it('cuts between letters, and keeps the extension', () => {
    const name = jpeg(`${'👍🏽'.repeat(60)}.jpg`);
    expect(Buffer.byteLength(name)).to.be.at.most(180);
    expect(name.endsWith('.jpg')).to.equal(true);
    expect(name.slice(0, -4)).to.match(/^(👍🏽)+$/u);
  });

  it('is harmless whatever is claimed, and making it safe again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (claimed) => {
        const name = jpeg(claimed);
        expect(name).to.match(/^[^/\\\p{Cc}\u202a-\u202e\u2066-\u2069<>:"|?*]+\.jpe?g$/iu);
        expect(name).not.to.match(/^\.|^(con|nul|aux|prn)(\.|$)/i);
        expect(Buffer.byteLength(name)).to.be.at.most(180);
        expect(jpeg(name)).to.equal(name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never breaks out of its header, and can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (claimed) => {
        const name = jpeg(claimed);
        const header = attachment(name);
        expect(header).to.match(
          /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/,
        );
        expect(decodeURIComponent(header.split("UTF-8''")[1]!)).to.equal(name);
      }),
    );
  });
});
