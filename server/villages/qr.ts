import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import QRCode from 'qrcode';
import { Problem } from '../problems.ts';
import { addTokens, tokenOf, villagesWithoutToken } from './queries.ts';

/** Posters are printed small, wet and torn: error correction Q (25 %), ISO/IEC 18004. */
const OPTIONS = { errorCorrectionLevel: 'Q', margin: 4 } as const;

async function link(db: Knex, village: string, publicUrl: string): Promise<string> {
  const token = await tokenOf(db, village);
  if (token === null) throw new Problem('village_unknown', { params: { code: village } });
  return `${publicUrl}/q/${token}`;
}

/** The village's QR code as SVG text. Throws `village_unknown`. */
export async function qrSvg(db: Knex, village: string, publicUrl: string): Promise<string> {
  return QRCode.toString(await link(db, village, publicUrl), { ...OPTIONS, type: 'svg' });
}

/** The village's QR code as PNG, 20 px a module: sharp at 6 cm in print. Throws `village_unknown`. */
export async function qrPng(db: Knex, village: string, publicUrl: string): Promise<Buffer> {
  return QRCode.toBuffer(await link(db, village, publicUrl), { ...OPTIONS, scale: 20 });
}

/** Gives every village that has none a random token (128 bits). */
export async function ensureTokens(db: Knex): Promise<void> {
  const villages = await villagesWithoutToken(db);
  await addTokens(
    db,
    villages.map((village) => ({ village, token: randomBytes(16).toString('base64url') })),
  );
}
