import { expect } from 'chai';
import * as fc from 'fast-check';
import { lineRange } from '../../../client/check/line_box.tsx';
import { markedLines } from '../../../client/check/line_remarks.tsx';
import { hasDegrees, lineParts, readAngle, readPosition, typedFile } from '../../../client/draw/typed.ts';
import { findCrs } from '../../../server/geometry/index.ts';

const DMS = '113°14′24.36″';

describe('typed coordinates', () => {
  it('are parted whatever stands between them, and an angle stays whole', () => {
    for (const line of [
      'J1 3898123.45 38412345.67',
      'J1,3898123.45,38412345.67',
      'J1，3898123.45，38412345.67',
      ' J1\t3898123.45 ; 38412345.67、',
    ]) {
      expect(lineParts(line), line).to.deep.equal(['J1', '3898123.45', '38412345.67']);
    }
    expect(lineParts(`J1 113° 14′ 24.36″ 35°13′10.5″`)).to.deep.equal(['J1', DMS, '35°13′10.5″']);
    expect(lineParts('东 113度14分24.36秒，35度13分10.5秒')).to.deep.equal([
      '东',
      '113度14分24.36秒',
      '35度13分10.5秒',
    ]);
    expect(lineParts(`E113°14'24.36" N35°13'10.5"`)).to.deep.equal([`E113°14'24.36"`, `N35°13'10.5"`]);
    expect(lineParts('E 113.2° N 35.2°')).to.deep.equal(['E113.2°', 'N35.2°']);
    expect(lineParts('113.2° E 35.2° N')).to.deep.equal(['113.2°E', '35.2°N']);
    expect(lineParts('   ')).to.deep.equal([]);
  });

  it('go as a table with the line numbers of the box, unnamed points in the same columns as named ones', async () => {
    const file = typedFile('J1 113.1 35.1\r\n\n113.2 35.1\nJ3 113.2，35.2')!;
    expect(file.name).to.equal('typed.csv');
    expect(await file.text()).to.equal('J1,113.1,35.1\n\n,113.2,35.1\nJ3,113.2,35.2');
    expect(await typedFile('113.1 35.1\n113.2 35.1')!.text()).to.equal('113.1,35.1\n113.2,35.1');
    const second = await typedFile(`J1 113°14'24.36" 35°13'10"`)!.text();
    expect(second).to.equal(`J1,"113°14'24.36""","35°13'10"""`);
  });

  it('go as they are where they are a boundary-point file already', async () => {
    const text = '[地块坐标]\n4,0.1,1,地块,面,,,,@\nJ1,1,3898123.45,38412345.67';
    const file = typedFile(text)!;
    expect(file.name).to.equal('typed.txt');
    expect(await file.text()).to.equal(text);
  });

  it('are no file where nothing was typed', () => {
    for (const text of ['', ' \n\t\n']) expect(typedFile(text)).to.equal(null);
  });

  it('keep the number of lines whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[J0-9 .,°′″;\t]*$/)), async (lines) => {
        const file = typedFile(lines.join('\n'));
        if (file === null) return;
        expect((await file.text()).split('\n')).to.have.length(Math.max(lines.length, 1));
      }),
    );
  });

  it('ask where they come from when they are degrees, not when a survey’s zone is in them', () => {
    for (const text of ['113.24 35.2', `J1 ${DMS} 35°13′10.5″`, '\nA 35.2 113.2']) {
      expect(hasDegrees(text), text).to.equal(true);
    }
    for (const text of ['', 'J1', 'J1 3898123.45 38412345.67', '3898123 412345.6', '先写点号']) {
      expect(hasDegrees(text), text).to.equal(false);
    }
  });
});

describe('one typed angle', () => {
  it('is read in degrees, minutes and seconds', () => {
    expect(readAngle(DMS)).to.be.closeTo(113.2401, 1e-9);
    expect(readAngle('113度14分24.36秒')).to.be.closeTo(113.2401, 1e-9);
    expect(readAngle("113°14.406'E")).to.be.closeTo(113.2401, 1e-9);
    expect(readAngle('35.5')).to.equal(35.5);
  });

  it('is nothing where it cannot be one', () => {
    for (const text of ['', 'J1', '113°60′', '113°14′60″', '1e2', '113.2.4', '1234']) {
      expect(readAngle(text), text).to.equal(null);
    }
  });
});

describe('one typed position', () => {
  it('is understood in either order, for China allows no doubt', () => {
    const expected = { coordinates: [113.24, 35.2], crs: null };
    expect(readPosition('113.24, 35.2')).to.deep.equal(expected);
    expect(readPosition('35.2 113.24')).to.deep.equal(expected);
    expect(readPosition(`35°12′0″N, 113°14′24″E`)).to.deep.equal(expected);
  });

  it('names the zone of an easting with a prefix as the server does', () => {
    for (let prefix = 13; prefix <= 45; prefix += 1) {
      const found = readPosition(`3898123.45 ${prefix}412345.67`);
      if (prefix === 24) {
        expect(found).to.equal(null);
        continue;
      }
      const zone = findCrs(found!.crs!)?.zone;
      expect(zone?.false_easting, String(prefix)).to.equal(prefix * 1e6 + 500_000);
      expect(found!.coordinates).to.deep.equal([Number(`${prefix}412345.67`), 3898123.45]);
    }
  });

  it('is nothing without a zone, outside of China, or when there is more or less than a position', () => {
    for (const text of [
      '3898123 412345',
      '2.3 48.8',
      '113.2',
      '113.2 35.2 7',
      '',
      '113.2 114.2',
      'J1 35.2',
    ]) {
      expect(readPosition(text), text).to.equal(null);
    }
  });
});

describe('remarks on typed lines', () => {
  it('mark the lines they name, the refused one too', () => {
    const note = { severity: 'info' as const, code: 'x', message: 'x' };
    const problem = { type: '', title: '', status: 422, detail: '', code: 'x', where: { line: 9 } };
    const marked = markedLines([{ ...note, where: { line: 2 } }, note], { kind: 'problem', problem });
    expect([...marked]).to.deep.equal([2, 9]);
    expect(markedLines([], { kind: 'network' }).size).to.equal(0);
  });

  it('lead to the line', () => {
    const text = 'one\ntwo\n\nfour';
    for (const [line, expected] of [
      [1, 'one'],
      [2, 'two'],
      [3, ''],
      [4, 'four'],
      [9, ''],
    ] as const) {
      expect(text.slice(...lineRange(text, line)), String(line)).to.equal(expected);
    }
  });
});
