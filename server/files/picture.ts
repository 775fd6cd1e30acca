import sharp, { type Sharp } from 'sharp';
import { Problem } from '../problems.ts';
import { MAX_PIXELS, PICTURE_SIDE } from './limits.ts';

// one thread a picture: how many are decoded at once is decided by who calls; and no copy of anybody's picture is kept
sharp.concurrency(1);
sharp.cache(false);

/** What every copy that is shown is. */
export const PICTURE_TYPE = 'image/jpeg';
const QUALITY = 82;
const DECODERS = { jpeg: true, png: true, webp: true } as const;

/** What libvips says where the disk is full: in words, without a code. */
const DISK_FULL = /No space left|Disk quota exceeded/i;

function open(path: string): Sharp {
  return sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'truncated', pages: 1 });
}

/**
 * Draws a picture anew into `target`: upright as its camera meant it, in sRGB of 8 bits, on white where it is
 * transparent, the long side at most {@link PICTURE_SIDE}; of an animation the first frame. Nothing else of the file
 * comes along: no EXIF, place, thumbnail or comment. Its size is read, and bounded, before anything is decoded.
 * `file`: its name in problems. Throws `picture_too_large`, `picture_damaged`, `storage_full`.
 */
export async function drawAnew(path: string, target: string, file: string): Promise<void> {
  const damaged = (cause?: unknown) =>
    new Problem('picture_damaged', { params: { file }, where: { file }, cause });
  // only the header is read here; under sharp's own limit it would not tell how many pixels there are
  const { width, height, format } = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damaged(error);
    });
  if (!Object.hasOwn(DECODERS, format)) throw damaged();
  if (width * height > MAX_PIXELS) {
    const params = { file, width, height, limit: MAX_PIXELS / 1_000_000 };
    throw new Problem('picture_too_large', { params, where: { file } });
  }
  try {
    await open(path)
      .autoOrient()
      .resize({ width: PICTURE_SIDE, height: PICTURE_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: QUALITY, mozjpeg: true })
      .toFile(target);
  } catch (error) {
    if (DISK_FULL.test(String(error))) throw new Problem('storage_full', { cause: error });
    throw damaged(error);
  }
}
