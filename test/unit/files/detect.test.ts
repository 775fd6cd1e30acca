import { expect } from 'chai';
import iconv from 'iconv-lite';
import sharp from 'sharp';
import { detect, HEAD_BYTES } from '../../../server/files/detect.ts';
import { otherFace } from '../../../server/files/two_faced.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } });

describe('types of files', () => {
  for (const [what, head, name, expected] of [
    ['a JPEG called exe', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), 'a.exe', 'jpeg'],
    ['an exe called jpg', bytes('MZ\x90\0\x03\0\0\0\x04'), 'a.jpg', 'program'],
    ['an ELF program', bytes('\x7fELF\x02\x01\x01\0'), 'a.txt', 'program'],
    ['a shell script', bytes('#!/bin/sh\nrm -rf /\n'), 'a.txt', 'program'],
    ['PHP', bytes('<?php system($_GET[1]);'), 'a.txt', 'program'],
    ['a PDF', bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), 'a.pdf', 'pdf'],
    ['a web page', bytes('<!DOCTYPE html><script>1</script>'), 'a.txt', 'html'],
    [
      'a web page behind XML and a comment',
      bytes('<?xml version="1.0"?><!-- x --> <html xmlns="">'),
      'a.kml',
      'html',
    ],
    ['a script only', bytes('  <script>alert(1)</script>'), 'a.csv', 'html'],
    ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.kml', 'svg'],
    ['an SVG behind XML', bytes('<?xml version="1.0"?>\n<svg xmlns="">'), 'a.png', 'svg'],
    ['a KML', bytes('<?xml version="1.0"?><kml xmlns="">'), 'a.xml', 'kml'],
    ['any other XML', bytes('<?xml version="1.0"?><a/>'), 'a.kml', 'unknown'],
    ['a GeoJSON', bytes(' {"type":"FeatureCollection"}'), 'a.txt', 'geojson'],
    ['a zip', bytes('PK\x03\x04\x14\0'), 'a.jpg', 'zip'],
    [
      'a GeoPackage',
      Buffer.concat([bytes('SQLite format 3\0'), Buffer.alloc(52), bytes('GPKG')]),
      'a',
      'gpkg',
    ],
    ['any other SQLite', Buffer.concat([bytes('SQLite format 3\0'), Buffer.alloc(60)]), 'a.gpkg', 'unknown'],
    ['a DXF', bytes('  0\r\nSECTION\r\n  2\r\nHEADER\r\n'), 'a.dxf', 'dxf'],
    ['a table', bytes('x,y\n1,2\n'), 'a.CSV', 'csv'],
    ['a text', bytes('x,y\n1,2\n'), 'a.txt', 'text'],
    ['GBK', iconv.encode('点号,纵坐标\n', 'gbk'), 'a.txt', 'text'],
    ['noise', Buffer.from([1, 2, 0, 250, 9, 0xff]), 'a.txt', 'unknown'],
    ['an empty file', Buffer.alloc(0), 'a.txt', 'text'],
  ] as const)
    it(`tells ${what}`, async () => {
      expect(await detect(head, name)).to.equal(expected);
    });

  it('tells a text whose last letter is cut by the end of what is looked at', async () => {
    for (let shift = 0; shift < 4; shift++) {
      const text = Buffer.concat([Buffer.alloc(shift, 'x'), Buffer.from('坐'.repeat(HEAD_BYTES))]);
      expect(await detect(text.subarray(0, HEAD_BYTES), 'a.txt')).to.equal('text');
    }
  });

  it('tells what sharp writes, and what it cannot read', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const)
      expect(await detect(await picture().toFormat(format).toBuffer(), 'x')).to.equal(format);
    expect(await detect(await picture().gif().toBuffer(), 'x.jpg')).to.equal('unknown');
    expect(await detect(await picture().tiff().toBuffer(), 'x.jpg')).to.equal('unknown');
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      bytes('ftypheic\0\0\0\0mif1heic'),
      Buffer.alloc(64),
    ]);
    expect(await detect(heic, 'x.jpg')).to.equal('heic');
  });

  it('finds the other face of a picture, and lets through what phones write', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const zip = bytes('PK\x03\x04....PK\x01\x02....PK\x05\x06'.padEnd(60, '\0'));
    expect(otherFace('jpeg', jpeg)).to.equal(null);
    expect(otherFace('jpeg', Buffer.concat([jpeg, bytes('<HTML><body>')]))).to.equal('html');
    expect(otherFace('png', Buffer.concat([jpeg, bytes('<script src=x>')]))).to.equal('html');
    expect(otherFace('jpeg', Buffer.concat([jpeg, bytes('<?php echo 1')]))).to.equal('html');
    expect(otherFace('jpeg', Buffer.concat([jpeg, zip]))).to.equal('archive');
    expect(otherFace('jpeg', Buffer.concat([jpeg.subarray(0, 20), bytes('%PDF-1.4'), jpeg]))).to.equal('pdf');
    // a film behind the photo (Motion Photo), and its description in XMP
    expect(otherFace('jpeg', Buffer.concat([jpeg, bytes('\0\0\0\x18ftypmp42')]))).to.equal(null);
    expect(otherFace('jpeg', Buffer.concat([jpeg, bytes('<x:xmpmeta xmlns:x="adobe:ns:meta/">')]))).to.equal(
      null,
    );
    expect(otherFace('pdf', bytes('%PDF-1.7 ... <html> in a text'))).to.equal(null);
    expect(otherFace('pdf', Buffer.concat([bytes('%PDF-1.7\n'), zip]))).to.equal('archive');
  });
});
