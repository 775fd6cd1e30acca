import { open, readFile, rm } from 'node:fs/promises';
import { checkArchive } from '../archive/index.ts';
import type { FilePurpose } from '../contract/index.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { detect, HEAD_BYTES, KINDS, type KindName } from './detect.ts';
import { drawAnew } from './picture.ts';
import { otherFace } from './two_faced.ts';
import type { ReceivedFile } from './types.ts';

type Purpose = Exclude<FilePurpose, 'upload'>;

/** What is taken for what; everything else is refused. */
export const ALLOWED: Readonly<Record<Purpose, readonly KindName[]>> = {
  picture: ['jpeg', 'png', 'webp'],
  document: ['pdf'],
  data: ['text', 'zip', 'geojson', 'kml', 'kmz', 'csv', 'xlsx', 'gpkg', 'dxf'],
};

const FOUND: Partial<Record<KindName, string>> = {
  html: 'html',
  svg: 'svg',
  program: 'program',
  unknown: 'unknown',
  zip: 'archive',
  pdf: 'pdf',
};

/** What the first bytes say a file is. Throws `file_type_refused`, `picture_heic` where its purpose does not take that. */
export async function typeOf(file: ReceivedFile, purpose: Purpose): Promise<KindName> {
  const kind = await detect(await headOf(file.path), file.name);
  if (ALLOWED[purpose].includes(kind)) return kind;
  const where = { file: file.name };
  if (kind === 'heic' && purpose === 'picture')
    throw new Problem('picture_heic', { params: { file: file.name }, where });
  const found = FOUND[kind];
  throw new Problem('file_type_refused', {
    params: {
      file: file.name,
      found: found === undefined ? KINDS[kind].media_type : messageText(`files.found.${found}`),
      allowed: messageText(`files.allowed.${purpose}`),
    },
    where,
  });
}

/** What a file turned out to be; `picture`: path of the copy to be shown, next to the file. */
export interface Content {
  kind: KindName;
  picture: string | null;
}

/**
 * Looks at a whole file: that it is nothing else at the same time, unpacks an archive within bounds, draws a picture
 * anew. Throws `file_two_faced`, `picture_*`, `archive_*`, `file_unreadable`.
 */
export async function checkContent(file: ReceivedFile, kind: KindName): Promise<Content> {
  const { path, name } = file;
  if (kind === 'zip') {
    const paths = await checkArchive(name, await readFile(path));
    return { kind: archiveKind(paths), picture: null };
  }
  if (kind === 'jpeg' || kind === 'png' || kind === 'webp' || kind === 'pdf') {
    const other = otherFace(kind, await readFile(path));
    if (other !== null) {
      const params = { file: name, found: messageText(`files.found.${other}`) };
      throw new Problem('file_two_faced', { params, where: { file: name } });
    }
  }
  if (kind === 'jpeg' || kind === 'png' || kind === 'webp') {
    const picture = `${path}-picture`;
    try {
      await drawAnew(path, picture, name);
    } catch (error) {
      await rm(picture, { force: true });
      throw error;
    }
    return { kind, picture };
  }
  return { kind, picture: null };
}

function archiveKind(paths: readonly string[]): KindName {
  if (paths.includes('[Content_Types].xml') && paths.some((path) => path.startsWith('xl/'))) return 'xlsx';
  return paths.length > 0 && paths.some((path) => /^[^/]+\.kml$/i.test(path)) && !hasShapefile(paths)
    ? 'kmz'
    : 'zip';
}

function hasShapefile(paths: readonly string[]): boolean {
  return paths.some((path) => /\.shp$/i.test(path));
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
