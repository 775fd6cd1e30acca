import { useId, useState } from 'react';
import { searchAccounts } from '../../../api/accounts.ts';
import { useResource } from '../../../api/use_resource.ts';
import { may } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useAdminText } from '../admin_text.ts';
import { useLate } from '../parts/use_late.ts';

const MOST = 20;
const ENDING = /\((\d+)\)$/;

/** A person of one's areas by name or login, for a filter; `id`: the account chosen, '' for everybody. */
export function PersonPicker(props: { id: string; onChoose(id: string): void }) {
  const { t } = useAdminText();
  const me = useMe();
  const field = useId();
  const [text, setText] = useState(props.id);
  const known = may(me, 'accounts.read');
  const late = useLate(text);
  const { resource } = useResource(`picker ${known} ${late}`, async (signal) =>
    known && late !== '' && !ENDING.test(late)
      ? (await searchAccounts({ q: late, limit: MOST, offset: 0 }, signal)).accounts
      : [],
  );
  const accounts = resource.state === 'ready' ? resource.value : [];
  return (
    <div className="field">
      <label htmlFor={field}>{t('audit.person')}</label>
      <input
        id={field}
        type="search"
        list={`${field}-list`}
        value={text}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${field}-hint`}
        data-testid="audit-person"
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          const id = ENDING.exec(next)?.[1] ?? (/^\d+$/.test(next) ? next : '');
          if (id !== props.id) props.onChoose(id);
        }}
      />
      <datalist id={`${field}-list`}>
        {accounts.map(({ id, name, login }) => (
          <option key={id} value={`${name} ${login} (${id})`} />
        ))}
      </datalist>
      <p className="quiet" id={`${field}-hint`}>
        {t('audit.person_hint')}
      </p>
    </div>
  );
}
