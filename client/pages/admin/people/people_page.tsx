import type { Account, Role } from '../../../../server/contract/index.ts';
import { type AccountQuery, searchAccounts } from '../../../api/accounts.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';
import { may } from '../../../staff/rights.ts';
import { roleWords } from '../../../staff/role_words.ts';
import { useMe } from '../../../staff/session.tsx';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Pager } from '../parts/pager.tsx';
import { useLate } from '../parts/use_late.ts';
import { useAddress } from '../use_address.ts';
import { PEOPLE_PARAMS, PeopleFilter, type PeopleParams } from './people_filter.tsx';

const LIMIT = 25;

const columns = (t: AdminT, language: string): Column<Account>[] => [
  {
    key: 'name',
    title: t('people.name'),
    cell: (account) => (
      <>
        <Link href={`/admin/people/${account.id}`}>{account.name}</Link> <small>{account.login}</small>
        {!account.active && <span className="tag tag-failed">{t('person.inactive')}</span>}
        {account.demonstration && <span className="tag tag-warning">{t('staff.demonstration')}</span>}
      </>
    ),
  },
  { key: 'office', title: t('people.office'), cell: (account) => account.division_name },
  { key: 'roles', title: t('people.roles'), cell: (account) => roleWords(account, t) },
  {
    key: 'last',
    title: t('people.last_sign_in'),
    cell: ({ last_sign_in_at }) =>
      last_sign_in_at === null ? (
        <span className="quiet">{t('people.never')}</span>
      ) : (
        moment(last_sign_in_at, language)
      ),
  },
];

function queryOf(params: PeopleParams): AccountQuery {
  const query: AccountQuery = { limit: LIMIT, offset: Number.parseInt(params.offset, 10) || 0 };
  if (params.q.trim() !== '') query.q = params.q.trim();
  if (params.role !== '') query.role = params.role as Role;
  if (params.division !== '') query.division = params.division;
  if (params.active !== '') query.active = params.active === 'true';
  return query;
}

/** Everybody in one's areas. */
export function PeoplePage() {
  const { t, language } = useAdminText();
  const me = useMe();
  const [params, change] = useAddress(PEOPLE_PARAMS);
  const query = queryOf(useLate(params));
  const list = useResource(`people ${JSON.stringify(query)}`, (signal) => searchAccounts(query, signal));
  return (
    <>
      <p>{t('people.lead')}</p>
      <PeopleFilter params={params} onChange={change} />
      {may(me, 'accounts.manage') && (
        <div className="row">
          <Link href="/admin/people/new" className="button primary" testId="new-person">
            <Icon name="plus" size={20} /> {t('people.new')}
          </Link>
        </div>
      )}
      <Loaded of={list}>
        {({ accounts, number_matched }) => (
          <>
            <p role="status" data-testid="people-count">
              {t('people.count', { n: number_matched })}
            </p>
            {accounts.length === 0 ? (
              <Empty title={t('people.empty')} hint={t('people.empty_hint')} />
            ) : (
              <DataTable
                caption={t('section.people')}
                columns={columns(t, language)}
                rows={accounts}
                rowKey={({ id }) => id}
                testId="people"
              />
            )}
            <Pager
              offset={query.offset}
              limit={LIMIT}
              matched={number_matched}
              onGo={(offset) => change({ offset: offset === 0 ? '' : String(offset) })}
            />
          </>
        )}
      </Loaded>
    </>
  );
}
