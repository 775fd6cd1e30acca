import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { giveFile } from '../support/upload_file.ts';

const RED = { r: 220, g: 30, b: 30 };
const BLUE = { r: 30, g: 30, b: 220 };

/** Left half red, right half blue. */
function halves(width: number, height: number) {
  const right = { width: width / 2, height, channels: 3, background: BLUE } as const;
  return sharp({ create: { width, height, channels: 3, background: RED } }).composite([
    { input: { create: right }, left: width / 2, top: 0 },
  ]);
}

const near = (found: number[], { r, g, b }: typeof RED, tolerance = 40) =>
  [r, g, b].every((value, i) => Math.abs(value - found[i]!) < tolerance);

async function pixel(bytes: Uint8Array, left: number, top: number): Promise<number[]> {
  const one = sharp(bytes).extract({ left, top, width: 1, height: 1 });
  return [...(await one.removeAlpha().raw().toBuffer())];
}

describe('files: pictures', function () {
  this.timeout(60_000);
  let server: Served;
  let folder: string;
  let clerk: Person;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-pictures-'));
    server = await serve(undefined, { rateLimits: false, dataFolder: folder });
    clerk = await person((await testDatabase()).knex, [
      { role: 'township_clerk', division_code: '410821100' },
    ]);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fetchBytes = async (path: string) => {
    const response = await fetch(server.base + path, { headers: clerk.headers });
    expect(response.status, path).to.equal(200);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  /** The picture as it is shown, after it has been accepted. */
  async function shown(bytes: Uint8Array, name = 'a.jpg') {
    const { status, body } = await giveFile(server.base, clerk, bytes, { purpose: 'picture', name });
    expect([status, body.picture], body.code).to.deep.equal([201, true]);
    return { body, ...(await fetchBytes(`/api/files/${body.id}/picture`)) };
  }

  it('shows a photo upright, smaller and without the place where it was taken, and keeps the original sealed', async () => {
    const photo = await halves(2_400, 1_200)
      .jpeg()
      .withExif({
        IFD0: { Make: 'Cunma-Camera', Orientation: '6', ImageDescription: 'secret-description' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '35/1 12/1 5432/100',
          GPSLongitudeRef: 'E',
          GPSLongitude: '113/1 14/1 2468/100',
        },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const before = await sharp(photo).metadata();
    expect(before.orientation).to.equal(6);
    // what the test relies on: the place stands in the photo (EXIF 2.32: GPSLatitude, tag 2, three rationals)
    const latitude = Buffer.alloc(24);
    for (const [i, value] of [35, 1, 12, 1, 5432, 100].entries()) latitude.writeUInt32LE(value, i * 4);
    expect(photo.includes(latitude)).to.equal(true);
    expect(photo.includes('Cunma-Camera')).to.equal(true);

    const { body, response, bytes } = await shown(photo);
    const after = await sharp(bytes).metadata();
    expect([after.format, after.width, after.height]).to.deep.equal(['jpeg', 800, 1_600]);
    expect([after.exif, after.xmp, after.iptc, after.icc, after.orientation]).to.deep.equal(
      Array(5).fill(undefined),
    );
    for (const trace of [latitude, 'Exif', 'Cunma-Camera', 'secret-description', 'http://ns.adobe.com'])
      expect(Buffer.from(bytes).includes(trace), String(trace)).to.equal(false);
    // turned by 90° clockwise: what was left is on top
    expect(near(await pixel(bytes, 400, 300), RED)).to.equal(true);
    expect(near(await pixel(bytes, 400, 1_300), BLUE)).to.equal(true);
    expect(response.headers.get('content-type')).to.equal('image/jpeg');
    expect(response.headers.get('content-disposition')).to.equal('inline');
    expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(response.headers.get('content-security-policy')).to.include('sandbox');

    const original = await fetchBytes(`/api/files/${body.id}/content`);
    expect(Buffer.from(original.bytes).equals(photo)).to.equal(true);
    const hash = createHash('sha256').update(photo);
    expect(body.sha256).to.equal(hash.copy().digest('hex'));
    expect(original.response.headers.get('repr-digest')).to.equal(`sha-256=:${hash.digest('base64')}:`);
    expect(original.response.headers.get('content-disposition')).to.match(/^attachment/);
  });

  it('does not make a small picture larger, and puts white behind what is transparent', async () => {
    const clear = { width: 40, height: 20, channels: 4, background: { ...RED, alpha: 0 } } as const;
    const { body, bytes } = await shown(await sharp({ create: clear }).png().toBuffer(), 'a.png');
    expect(body.media_type).to.equal('image/png');
    const { width, height } = await sharp(bytes).metadata();
    expect([width, height]).to.deep.equal([40, 20]);
    expect(near(await pixel(bytes, 10, 10), { r: 255, g: 255, b: 255 })).to.equal(true);
  });

  it('shows CMYK, 16 bits and grey in colours that a screen has', async () => {
    for (const [what, picture] of [
      ['cmyk', halves(64, 32).toColourspace('cmyk').jpeg()],
      [
        '16 bits',
        sharp(await halves(64, 32).png().toBuffer())
          .toColourspace('rgb16')
          .png(),
      ],
      [
        'display p3',
        sharp(await halves(64, 32).png().toBuffer())
          .withIccProfile('p3')
          .png(),
      ],
    ] as const) {
      const { bytes } = await shown(await picture.toBuffer());
      const { space, depth, channels } = await sharp(bytes).metadata();
      expect([space, depth, channels], what).to.deep.equal(['srgb', 'uchar', 3]);
      // inks cannot print this blue: it comes back darker, but blue
      const tolerance = what === 'cmyk' ? 100 : 40;
      expect(near(await pixel(bytes, 5, 5), RED, tolerance), what).to.equal(true);
      expect(near(await pixel(bytes, 60, 5), BLUE, tolerance), what).to.equal(true);
    }
    const grey = await halves(64, 32).greyscale().jpeg().toBuffer();
    expect((await shown(grey)).body.status).to.equal('accepted');
  });

  it('shows the first frame of an animation', async () => {
    const frames = await Promise.all(
      [RED, BLUE].map((background) =>
        sharp({ create: { width: 32, height: 32, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).to.equal(2);
    const { bytes } = await shown(animation, 'a.webp');
    const { width, height } = await sharp(bytes).metadata();
    expect([width, height]).to.deep.equal([32, 32]);
    expect(near(await pixel(bytes, 16, 16), RED)).to.equal(true);
  });

  it('says what to do with a HEIC photo', async () => {
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic'),
      Buffer.alloc(99),
    ]);
    const { status, body } = await giveFile(server.base, clerk, heic, {
      purpose: 'picture',
      name: 'IMG.HEIC',
    });
    expect([status, body.code]).to.deep.equal([422, 'picture_heic']);
    expect(body.detail).to.include('JPEG');
  });
});
