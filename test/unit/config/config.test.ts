import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig, SETTINGS, shownConfig, unknownVariables } from '../../../server/config.ts';
import { message } from '../../../server/messages/index.ts';

const fault = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('configuration', () => {
  it('has the documented values where nothing is set', () => {
    expect(readConfig({})).to.include({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      dataFolder: resolve('.cunma'),
      land: 'demo',
      trustProxy: 0,
      rateLimits: true,
      logLevel: 'warn',
    });
    expect(readConfig({ PORT: '8080' }).publicUrl).to.equal('http://localhost:8080');
    expect(readConfig({ PORT: '', HOST: '' })).to.include({ port: 3000, host: '127.0.0.1' });
  });

  it('names the variable, what it must be, and what it is, in both languages', () => {
    for (const [name, value, hint] of [
      ['PORT', '65536', '65535'],
      ['PORT', '80.5', '65535'],
      ['PORT', '-1', '65535'],
      ['CUNMA_LAND', 'Demo', 'none'],
      ['CUNMA_TRUST_PROXY', 'true', '16'],
      ['CUNMA_RATE_LIMITS', 'false', 'off'],
      ['PUBLIC_URL', 'cunma.example.org', 'https://'],
      ['LOG_LEVEL', 'verbose', 'info'],
    ] as const) {
      const [zh, en, ...more] = fault({ [name]: value }).split('\n');
      expect(more).to.deep.equal([]);
      for (const text of [zh, en]) expect(text).to.include(name).and.include(hint).and.include(value);
      expect(zh).to.match(/[\u4e00-\u9fff]/);
      expect(en).not.to.match(/[\u4e00-\u9fff]/);
    }
  });

  it('never repeats a secret, neither in a fault nor when it is printed', () => {
    const wrong = fault({ DATABASE_URL: 'mysql://me:opensesame@host/db' });
    expect(wrong).to.include('DATABASE_URL').and.not.include('opensesame');
    const config = readConfig({ DATABASE_URL: 'postgres://me:opensesame@host/db' });
    expect(config.databaseUrl).to.include('opensesame');
    expect(JSON.stringify(shownConfig(config)))
      .to.include('DATABASE_URL')
      .and.not.include('opensesame');
  });

  it('reads a secret from the file that NAME_FILE names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cunma-config-'));
    const file = join(folder, 'url');
    writeFileSync(file, 'postgres://me:opensesame@host/db\n');
    try {
      expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).to.equal(
        'postgres://me:opensesame@host/db',
      );
      expect(fault({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://b' })).to.include(
        'DATABASE_URL_FILE',
      );
      expect(fault({ DATABASE_URL_FILE: join(folder, 'none') })).to.include('DATABASE_URL_FILE');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('notices a variable that begins like ours and is none', () => {
    const env = { CUNMA_RATE_LIMIT: 'off', CUNMA_LAND: 'none', CUNMA_TEST_ENGINE: 'native', HOME: '/' };
    expect(unknownVariables(env)).to.deep.equal(['CUNMA_RATE_LIMIT']);
  });

  it('knows what the service file sets', () => {
    const file = readFileSync('docs/deploy/cunma.service', 'utf8');
    const set = [...file.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line]) =>
      [...line!.matchAll(/([A-Z_]+)=(\S*)/g)].map(([, name, value]) => [name!, value!] as const),
    );
    const env = Object.fromEntries(set.filter(([, value]) => !value.includes('%d')));
    expect(unknownVariables(Object.fromEntries(set))).to.deep.equal([]);
    expect(readConfig(env)).to.include({ trustProxy: 1, land: 'none', dataFolder: '/var/lib/cunma' });
  });

  it('is described row by row in docs/configuration.md', () => {
    const rows = Object.values(SETTINGS).map(({ name, form, fallback, secret }) => {
      const [zh, en] = (['zh', 'en'] as const).map((language) =>
        message(language, `configuration.settings.${name}`),
      );
      const value = message('en', `configuration.forms.${form.form}`, form.params);
      const initial = fallback === null ? '' : `\`${fallback}\``;
      return `| \`${name}\` | ${value} | ${initial} | ${secret ? `yes, or \`${name}_FILE\`` : ''} | ${zh} | ${en} |`;
    });
    const documented = readFileSync('docs/configuration.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(documented).to.deep.equal(rows);
  });
});
