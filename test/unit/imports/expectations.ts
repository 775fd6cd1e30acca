import { expect } from 'chai';
import { type ReadUpload, readUpload, type UploadOptions } from '../../../server/imports/read_upload.ts';
import { Problem } from '../../../server/problems.ts';

export function read(bytes: Buffer | string, options?: UploadOptions, name = 'plot'): ReadUpload {
  return readUpload({ name, bytes: Buffer.from(bytes) }, options);
}

export function problemOf(bytes: Buffer | string, options?: UploadOptions): Problem {
  try {
    read(bytes, options);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('accepted');
}

export function codes(upload: ReadUpload, severity?: string): string[] {
  return upload.notes.filter((note) => !severity || note.severity === severity).map((note) => note.code);
}

export function expectAreas(upload: ReadUpload, areas: number[], tolerance = 1e-4): void {
  const found = upload.features.map((feature) => feature.properties.area_m2 as number);
  expect(found).to.have.length(areas.length);
  found.forEach((area, i) => {
    expect(area).to.be.closeTo(areas[i]!, tolerance);
  });
}
