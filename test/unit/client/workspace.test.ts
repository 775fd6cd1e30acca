import { expect } from 'chai';
import { mapShapes } from '../../../client/check/map_shapes.ts';
import { drawnShape, uploadedShapes } from '../../../client/check/shapes.ts';
import {
  advance,
  EMPTY_WORKSPACE,
  keepsQuestion,
  missing,
  type Step,
  toCheck,
} from '../../../client/check/workspace.ts';
import type { CheckAnswer, UploadAnswer } from '../../../server/contract/index.ts';

const ring = [
  [113, 35],
  [113.001, 35],
  [113, 35.001],
  [113, 35],
];
const polygon = { type: 'Polygon' as const, coordinates: [ring] };
const upload: UploadAnswer = {
  id: 'u',
  format: 'geojson',
  crs: { id: 'EPSG:4490', name: 'CGCS2000', how: '' },
  notes: [],
  features: {
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', id: 0, geometry: polygon, properties: { name: 7, area_m2: 5052.3 } },
      { type: 'Feature', id: 1, geometry: { type: 'LineString', coordinates: ring }, properties: {} },
      { type: 'Feature', id: 2, geometry: polygon, properties: { area_m2: 'much', stated_area_m2: 5000 } },
    ],
  },
};
const file: Step = { do: 'put_file', name: 'a.json', answer: upload, shapes: uploadedShapes(upload) };
const drawn: Step = { do: 'put_shape', shape: drawnShape(polygon, 5000) };
const answered: Step = {
  do: 'told',
  id: 'drawn',
  outcome: { state: 'answered', answer: { outcome: 'permit' } as CheckAnswer },
};
const table = (...steps: Step[]) => steps.reduce(advance, EMPTY_WORKSPACE);

describe('the work table', () => {
  it('says what is missing, one thing after the other', () => {
    expect(missing(table())).to.equal('activity');
    expect(missing(table({ do: 'choose_activity', activity: 'pond' }))).to.equal('shape');
    expect(missing(table(drawn, { do: 'choose_activity', activity: 'pond' }))).to.equal(null);
    expect(
      missing(table(drawn, { do: 'choose_activity', activity: 'pond' }, { do: 'toggle', id: 'drawn' })),
    ).to.equal('selection');
  });

  it('keeps a file’s shapes in order and never checks a line', () => {
    const work = table(file);
    expect(work.shapes.map(({ id }) => id)).to.deep.equal(['file-0', 'file-1', 'file-2']);
    expect(toCheck(work).map(({ id }) => id)).to.deep.equal(['file-0', 'file-2']);
    expect(toCheck(advance(work, { do: 'toggle', id: 'file-1' })).map(({ id }) => id)).to.deep.equal([
      'file-0',
      'file-2',
    ]);
  });

  it('takes names and areas only for what they are', () => {
    const [first, , third] = uploadedShapes(upload);
    expect(first).to.include({ name: '7', area_m2: 5052.3, stated_area_m2: null });
    expect(third).to.include({ name: '', area_m2: null, stated_area_m2: 5000 });
  });

  it('throws an answer away as soon as the question changes', () => {
    const changes: Step[] = [
      { do: 'choose_activity', activity: 'trees' },
      { do: 'choose_detail', detail: 'house', value: 'old_plot' },
      { do: 'set_accuracy', accuracy_m: 3 },
      { do: 'clear_shapes' },
      drawn,
      file,
    ];
    const work = table({ do: 'choose_activity', activity: 'house' }, drawn, answered);
    expect(work.outcomes).to.have.property('drawn');
    for (const change of changes) expect(advance(work, change).outcomes, change.do).to.deep.equal({});
  });

  it('keeps answers while something else is being prepared', () => {
    const preparing: Step[] = [
      { do: 'type', text: '113 35' },
      { do: 'set_datum', of: 'datum', datum: 'gcj02' },
      { do: 'set_footprint', change: { center: [113, 35] } },
    ];
    const work = table({ do: 'choose_activity', activity: 'house' }, drawn, answered);
    for (const step of preparing) {
      expect(advance(work, step).outcomes, step.do).to.have.property('drawn');
      expect(keepsQuestion(step), step.do).to.equal(true);
    }
    expect(keepsQuestion(drawn)).to.equal(false);
  });

  it('does not take what was said of typed coordinates for said of a file', () => {
    const work = table({ do: 'set_datum', of: 'datum', datum: 'gcj02' });
    expect(work).to.include({ datum: 'gcj02', file_datum: null });
  });

  it('ignores an answer for a shape that is gone', () => {
    expect(table(drawn, { do: 'clear_shapes' }, answered).outcomes).to.deep.equal({});
  });

  it('colours a shape by its answer, else by whether it will be checked', () => {
    expect(mapShapes(table(drawn, answered)).map(({ tone }) => tone)).to.deep.equal(['permit']);
    expect(mapShapes(table(file)).map(({ tone }) => tone)).to.deep.equal(['selected', 'plain', 'selected']);
  });
});
