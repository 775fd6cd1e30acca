import { readFileSync } from 'node:fs';
import { LANGUAGES, message } from './messages/index.ts';

type Params = Record<string, string | number>;

/** A setting of the environment that cannot be used: which one, and what it must be, in both languages. */
export class ConfigFault extends Error {
  constructor(key: string, params: Params) {
    super(LANGUAGES.map((language) => message(language, `configuration.faults.${key}`, params)).join('\n'));
    this.name = 'ConfigFault';
  }
}

/** How a setting's text becomes its value. `form` is a key under `configuration.forms`, with its `params`. */
export interface Form<T> {
  form: string;
  params: Params;
  /** undefined: the text is not of this form */
  parse(text: string): T | undefined;
}

/** One row of the table: its value where nothing is set, and how it is written. */
export interface Setting<T> {
  name: string;
  form: Form<T>;
  /** null: not set */
  fallback: string | null;
  /** never printed; `NAME_FILE` may name a file that holds it */
  secret?: true;
}

export const text: Form<string> = { form: 'text', params: {}, parse: (value) => value };

export function whole(from: number, until: number): Form<number> {
  return {
    form: 'whole',
    params: { from, until },
    parse: (value) =>
      /^\d{1,9}$/.test(value) && Number(value) >= from && Number(value) <= until ? Number(value) : undefined,
  };
}

export function choice<const T extends string>(...values: T[]): Form<T> {
  return {
    form: 'choice',
    params: { values: values.join(', ') },
    parse: (value) => values.find((item) => item === value),
  };
}

export const onOff: Form<boolean> = {
  ...choice('on', 'off'),
  parse: (value) => (value === 'on' ? true : value === 'off' ? false : undefined),
};

/** An address whose scheme is one of those named, without a slash at its end. */
export function address(...schemes: string[]): Form<string> {
  return {
    form: 'address',
    params: { schemes: schemes.map((scheme) => `${scheme}://`).join(', ') },
    parse: (value) => {
      const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : '';
      return schemes.includes(scheme) ? value.replace(/\/+$/, '') : undefined;
    },
  };
}

/** A time of day, HH:MM. */
export const timeOfDay: Form<string> = {
  form: 'time',
  params: {},
  parse: (value) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : undefined),
};

/** The text of a setting, from the variable or, for a secret, from the file that `NAME_FILE` names. */
function textOf({ name, secret, fallback }: Setting<unknown>, env: NodeJS.ProcessEnv): string | null {
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (!file) return env[name] || fallback;
  if (env[name]) throw new ConfigFault('twice', { name });
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || fallback;
  } catch (error) {
    throw new ConfigFault('file', { name: `${name}_FILE`, code: (error as { code?: string }).code ?? '' });
  }
}

/** One setting's value; null where it has neither text nor fallback. Throws {@link ConfigFault}; a secret is not repeated. */
export function readSetting<T>(setting: Setting<T>, env: NodeJS.ProcessEnv): T | null {
  const found = textOf(setting, env);
  if (found === null) return null;
  const value = setting.form.parse(found);
  if (value !== undefined) return value;
  const { name, form, secret } = setting;
  throw new ConfigFault(form.form, { ...form.params, name, found: secret ? '***' : found });
}
