import type { Knex } from 'knex';

/**
 * A sign-in at the organisation's own provider (OpenID Connect) that is under way: state, nonce and PKCE verifier stay
 * here, and only the browser that began it, which has the other half in a cookie, can end it, once.
 *
 * Whoever administers or audits an area also sees the people of other offices who have a role in it; they can be
 * changed only by those who administer their office. What one is oneself is changed by others, or by verbs of sign-in.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table oidc_flow (
      state_hash bytea primary key,
      browser_hash bytea not null,
      nonce text not null,
      code_verifier text not null,
      next varchar(300) not null default '/me',
      link_account_id bigint references account (id) on delete cascade,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    comment on column oidc_flow.link_account_id is 'Whose account shall be linked; null: somebody signs in.';
    grant select, insert, delete on oidc_flow to cunma_sign_in;
    alter table oidc_flow enable row level security;
    create policy sign_in on oidc_flow to cunma_sign_in using (true);

    drop policy in_area on account;
    create policy seen on account for select to cunma_app using (in_scope(division_code) or id = current_account());
    create policy made on account for insert to cunma_app with check (in_scope(division_code));
    create policy changed on account for update to cunma_app
      using (in_scope(division_code)) with check (in_scope(division_code));
    revoke update on account from cunma_app;
    grant update (name, division_code, active, external_issuer, external_subject, version) on account to cunma_app;
    create policy assigned_here on account for select to cunma_app
      using (exists (select from assignment s where s.account_id = account.id and in_scope(s.division_code)));

    grant update (area) on installation to cunma_sign_in;
    create index one_time_link_account on one_time_link (account_id);
    create index account_external on account (external_subject) where external_subject is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index account_external, one_time_link_account;
    revoke update (area) on installation from cunma_sign_in;
    drop policy assigned_here on account;
    grant update on account to cunma_app;
    drop policy changed on account;
    drop policy made on account;
    drop policy seen on account;
    create policy in_area on account to cunma_app using (in_scope(division_code) or id = current_account())
      with check (in_scope(division_code) or id = current_account());
    drop table oidc_flow;
  `);
}
