import { useState } from 'react';
import type { Account } from '../../../../server/contract/index.ts';
import { getAccount } from '../../../api/accounts.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';
import { may, mayIn } from '../../../staff/rights.ts';
import { roleWords } from '../../../staff/role_words.ts';
import { useMe } from '../../../staff/session.tsx';
import { useAdminText } from '../admin_text.ts';
import { Loaded } from '../parts/loaded.tsx';
import { PersonForm } from './person_form.tsx';
import { StatePanel } from './state_panel.tsx';
import { TokenPanel } from './token_panel.tsx';
import { WaysInPanel } from './ways_in_panel.tsx';

function Person(props: { first: Account }) {
  const { t } = useAdminText();
  const me = useMe();
  const [account, setAccount] = useState(props.first);
  // made-up people change only made-up people
  const barred = me.account.demonstration && !account.demonstration;
  const manage = mayIn(me, 'accounts.manage', account.division_code) && !barred;
  return (
    <>
      <div className="person-head">
        <h2 data-testid="person-title">{account.name}</h2>
        <p className="quiet">{t('person.known_as', { login: account.login })}</p>
        <p>{roleWords(account, t)}</p>
        <div className="row">
          <span className={account.active ? 'tag tag-land' : 'tag tag-failed'}>
            {t(account.active ? 'person.active' : 'person.inactive')}
          </span>
          {account.demonstration && <span className="tag tag-warning">{t('staff.demonstration')}</span>}
        </div>
        {may(me, 'audit.read') && (
          <Link href={`/admin/audit?record_kind=account&record_id=${account.id}`} className="button">
            <Icon name="book" size={20} /> {t('person.trail')}
          </Link>
        )}
      </div>
      {!account.within_area && <p className="said warning">{t('person.beyond')}</p>}
      {barred && <p className="said">{t('person.barred')}</p>}
      {manage && <PersonForm account={account} onSaved={setAccount} />}
      {manage && account.within_area && <WaysInPanel account={account} />}
      {account.within_area && <TokenPanel account={account} manage={manage} />}
      {manage && account.within_area && <StatePanel account={account} onSaved={setAccount} />}
    </>
  );
}

/** One person: what they are, how they come in, what their programs may do. */
export function PersonPage(props: { id: string }) {
  const { t, language } = useAdminText();
  const account = useResource(`person ${props.id} ${language}`, (signal) => getAccount(props.id, signal));
  return (
    <>
      <Link href="/admin/people" className="back-link">
        <Icon name="back" size={20} /> {t('people.back')}
      </Link>
      <Loaded of={account}>{(first) => <Person first={first} />}</Loaded>
    </>
  );
}
