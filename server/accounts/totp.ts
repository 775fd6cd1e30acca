import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator knows it: SHA-1, 6 digits, 30 s. */
const PERIOD = 30;
const DIGITS = 6;
/** Steps before and after the server's own: a phone's clock may be that wrong. */
const WINDOW = 1;
/** RFC 4226, 4: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20;

export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: SECRET_BYTES }).bytes);
}

function totp(secret: Buffer, login = '', issuer = ''): TOTP {
  return new TOTP({
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD,
    label: login,
    issuer,
  });
}

/** What an authenticator reads: the secret in base32 and the otpauth:// URI. */
export function totpIdentity(secret: Buffer, login: string, issuer: string): { secret: string; uri: string } {
  const one = totp(secret, login, issuer);
  return { secret: one.secret.base32, uri: one.toString() };
}

export function currentStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / PERIOD);
}

/**
 * The time step that a code of six digits belongs to; null: none that may still be used. `lastStep` is the latest that
 * was: a code counts once (RFC 6238, 5.2). Where it lies beyond all that could be used now, the clock has been set
 * back, and it says nothing any more.
 */
export function totpStep(secret: Buffer, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return null;
  const step = currentStep(now) + delta;
  const clockWentBack = lastStep !== null && lastStep > currentStep(now) + WINDOW;
  return lastStep === null || step > lastStep || clockWentBack ? step : null;
}
