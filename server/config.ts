import { resolve } from 'node:path';
import { address, choice, onOff, readSetting, type Setting, text, timeOfDay, whole } from './settings.ts';

export { ConfigFault } from './settings.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

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
  logLevel: (typeof LOG_LEVELS)[number];
  /** how long requests under way may take after a signal to stop, s */
  stopSeconds: number;
  /** long work that this process does at once; the embedded engine does one at most */
  jobs: number;
  /** where the server's own backups go; null: `backups` below the data folder */
  backupFolder: string | null;
  /** the nightly backup, HH:MM on the server's clock */
  backupAt: string;
  /** backups of the server's own are encrypted with it; null: they are not */
  backupPassphrase: string | null;
  /** the organisation's own sign-in (OpenID Connect), as it writes itself; null: there is none */
  oidcIssuer: string | null;
  oidcClientId: string | null;
  oidcClientSecret: string | null;
  /** what its button says */
  oidcName: string;
}

/**
 * Every setting of the environment, once: {@link readConfig} reads by this table, `cunma config` prints it, and a test
 * holds docs/configuration.md to it. What each means: `configuration.settings` of the message catalogues.
 */
export const SETTINGS: { readonly [K in keyof Config]: Setting<NonNullable<Config[K]>> } = {
  port: { name: 'PORT', form: whole(0, 65535), fallback: '3000' },
  host: { name: 'HOST', form: text, fallback: '127.0.0.1' },
  publicUrl: { name: 'PUBLIC_URL', form: address('http', 'https'), fallback: 'http://localhost:PORT' },
  databaseUrl: {
    name: 'DATABASE_URL',
    form: address('postgres', 'postgresql'),
    fallback: null,
    secret: true,
  },
  dataFolder: { name: 'CUNMA_DATA', form: text, fallback: '.cunma' },
  land: { name: 'CUNMA_LAND', form: choice('demo', 'none'), fallback: 'demo' },
  trustProxy: { name: 'CUNMA_TRUST_PROXY', form: whole(0, 16), fallback: '0' },
  rateLimits: { name: 'CUNMA_RATE_LIMITS', form: onOff, fallback: 'on' },
  logLevel: { name: 'LOG_LEVEL', form: choice(...LOG_LEVELS), fallback: 'warn' },
  stopSeconds: { name: 'CUNMA_STOP_SECONDS', form: whole(1, 600), fallback: '10' },
  jobs: { name: 'CUNMA_JOBS', form: whole(0, 16), fallback: '2' },
  backupFolder: { name: 'CUNMA_BACKUPS', form: text, fallback: null },
  backupAt: { name: 'CUNMA_BACKUP_AT', form: timeOfDay, fallback: '02:30' },
  backupPassphrase: { name: 'CUNMA_BACKUP_PASSPHRASE', form: text, fallback: null, secret: true },
  oidcIssuer: { name: 'CUNMA_OIDC_ISSUER', form: text, fallback: null },
  oidcClientId: { name: 'CUNMA_OIDC_CLIENT_ID', form: text, fallback: null },
  oidcClientSecret: { name: 'CUNMA_OIDC_CLIENT_SECRET', form: text, fallback: null, secret: true },
  oidcName: { name: 'CUNMA_OIDC_NAME', form: text, fallback: 'OpenID Connect' },
};

/** Throws ConfigFault, which names the variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = readSetting(SETTINGS.port, env)!;
  const publicUrl = { ...SETTINGS.publicUrl, fallback: `http://localhost:${port}` };
  const values = Object.entries<Setting<unknown>>({ ...SETTINGS, publicUrl }).map(([key, setting]) => [
    key,
    readSetting(setting, env),
  ]);
  const config = Object.fromEntries(values) as Config;
  return { ...config, dataFolder: resolve(config.dataFolder) };
}

/** Variables that begin as ours do, but are not: a slip of the pen would go unnoticed. */
export function unknownVariables(env: NodeJS.ProcessEnv = process.env): string[] {
  const known = Object.values(SETTINGS).flatMap(({ name, secret }) =>
    secret ? [name, `${name}_FILE`] : [name],
  );
  return Object.keys(env)
    .filter((name) => /^CUNMA_(?!TEST_)/.test(name) && !known.includes(name))
    .sort();
}

/** Names and values as they are now; secrets only as `***`. */
export function shownConfig(config: Config): [name: string, value: string][] {
  return (Object.keys(SETTINGS) as (keyof Config)[]).map((key) => {
    const value = config[key];
    const shown = value === true ? 'on' : value === false ? 'off' : String(value ?? '');
    return [SETTINGS[key].name, SETTINGS[key].secret && value !== null ? '***' : shown];
  });
}
