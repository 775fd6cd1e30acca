import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import adminEn from '../../../client/messages/admin.en.json' with { type: 'json' };
import adminZh from '../../../client/messages/admin.zh.json' with { type: 'json' };
import staffZh from '../../../client/messages/staff.zh.json' with { type: 'json' };
import zh from '../../../client/messages/zh.json' with { type: 'json' };
import { changes } from '../../../client/pages/admin/audit/changes.ts';
import { fieldWords, recordWords, valueWords } from '../../../client/pages/admin/audit/entry_words.ts';
import { lengthOf, sizeWords } from '../../../client/pages/admin/status/size_words.ts';
import { tally } from '../../../client/pages/admin/work/tally.ts';
import { actionWords } from '../../../client/staff/action_words.ts';
import { fill } from '../../../client/text/messages.ts';

const SERVER = fileURLToPath(new URL('../../../server/', import.meta.url));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
const texts: Record<string, string> = { ...zh, ...staffZh, ...adminZh };
const t = (key: string, params?: Record<string, string | number>) => {
  const text = texts[key];
  if (text === undefined) throw new Error(`no text ${key}`);
  return fill(text, params);
};

const ACTION =
  /'((?:account|api_token|audit|backup|check|file|installation|job|retention|session)\.[a-z_]+)'/g;
const OTHERS = /^(audit|installation)\.(read|manage|pem)$/;

/** Every action that the server's source names in plain letters. */
function actionsOfServer(): string[] {
  const found = new Set<string>();
  for (const name of readdirSync(SERVER, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const [, action] of readFileSync(`${SERVER}${name}`, 'utf8').matchAll(ACTION)) found.add(action!);
  }
  return [...found].filter((action) => !OTHERS.test(action));
}

describe('words of the administration', () => {
  it('stand in both languages, ask for the same values, and hide no text of another section', () => {
    expect(Object.keys(adminEn)).to.have.members(Object.keys(adminZh));
    for (const [key, text] of Object.entries(adminZh)) {
      const english = adminEn[key as keyof typeof adminEn];
      expect(placeholders(english), key).to.deep.equal(placeholders(text));
      expect(english, key).not.to.match(/\p{Script=Han}/u);
      expect(text.trim(), key).not.to.equal('');
      expect(Object.hasOwn(zh, key) || Object.hasOwn(staffZh, key), key).to.equal(false);
    }
  });

  it('name every action that the server writes to the trail', () => {
    const actions = actionsOfServer();
    expect(actions).to.include.members(['account.edit', 'job.start', 'retention.run']);
    for (const action of actions) expect(actionWords(action, t), action).not.to.equal(action);
  });

  it('say what a record is, and call what they do not know as the trail does', () => {
    expect(recordWords({ record_kind: 'account', record_id: '7' }, t)).to.equal('账号 7');
    expect(recordWords({ record_kind: 'novelty', record_id: '7' }, t)).to.equal('novelty 7');
    expect(fieldWords('assignments', t)).to.equal('角色');
    expect(fieldWords('novelty', t)).to.equal('novelty');
    expect(valueWords(['planner:410821', 'novelty:41'], t)).to.equal('410821 规划员、novelty:41');
    expect(valueWords(false, t)).to.equal('否');
    expect(valueWords([], t)).to.equal('无');
  });
});

describe('what differs between before and after', () => {
  it('is named by its path, and only what differs', () => {
    expect(
      changes({ name: '张**', deep: { a: 1, b: 2 } }, { name: '张**', deep: { a: 1, b: 3 } }),
    ).to.deep.equal([{ key: 'deep.b', before: 2, after: 3 }]);
  });

  it('is everything of a new record, and of a removed one', () => {
    expect(changes(null, { label: 'x', rights: ['a'] })).to.deep.equal([
      { key: 'label', before: null, after: 'x' },
      { key: 'rights', before: null, after: ['a'] },
    ]);
    expect(changes({ label: 'x' }, null)).to.deep.equal([{ key: 'label', before: 'x', after: null }]);
    expect(changes(null, null)).to.deep.equal([]);
  });
});

describe('figures of the status page', () => {
  it('are sizes and lengths as people say them', () => {
    expect(sizeWords(0)).to.equal('0 B');
    expect(sizeWords(1023)).to.equal('1,023 B');
    expect(sizeWords(1536)).to.equal('1.5 KB');
    expect(sizeWords(70.6 * 1024 ** 3)).to.equal('70.6 GB');
    expect(sizeWords(3 * 1024 ** 5)).to.equal('3,072 TB');
    expect(lengthOf(90_061)).to.deep.equal({ days: 1, hours: 1, minutes: 1 });
    expect(lengthOf(-5)).to.deep.equal({ days: 0, hours: 0, minutes: 0 });
  });

  it('are summed by key and outcome', () => {
    const rows = tally(
      [
        { code: 'a', outcome: 'conflict' as const, checks: 2 },
        { code: 'b', outcome: 'clear' as const, checks: 1 },
        { code: 'a', outcome: 'clear' as const, checks: 3 },
      ],
      ({ code }) => ({ key: code, name: code.toUpperCase() }),
    );
    expect(rows).to.deep.equal([
      { key: 'a', name: 'A', total: 5, of: { conflict: 2, unknown: 0, permit: 0, clear: 3 } },
      { key: 'b', name: 'B', total: 1, of: { conflict: 0, unknown: 0, permit: 0, clear: 1 } },
    ]);
  });
});
