import { resolve } from 'node:path';

/** The environment, parsed once. Names are fixed (design.md, public contract). */
export interface Config {
  port: number;
  host: string;
  /** what posters and links say, without a trailing slash */
  publicUrl: string;
  /** PostgreSQL with PostGIS; null: the embedded engine */
  databaseUrl: string | null;
  /** folder of the embedded database and of files */
  dataFolder: string;
  land: 'demo' | 'none';
  /** number of reverse proxies in front whose X-Forwarded-For is believed; 0: none */
  trustProxy: number;
  /** limits per address; off only where a gateway in front has its own */
  rateLimits: boolean;
}

function integer(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new Error(`${name} must be a whole number from 0 to 65535, not "${text}"`);
  return value;
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = integer('PORT', env.PORT, 3000);
  const land = env.CUNMA_LAND ?? 'demo';
  if (land !== 'demo' && land !== 'none') throw new Error(`CUNMA_LAND must be demo or none, not "${land}"`);
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL || null,
    dataFolder: resolve(env.CUNMA_DATA ?? '.cunma'),
    land,
    trustProxy: integer('CUNMA_TRUST_PROXY', env.CUNMA_TRUST_PROXY, 0),
    rateLimits: env.CUNMA_RATE_LIMITS !== 'off',
  };
}
