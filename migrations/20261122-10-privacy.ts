import type { Knex } from 'knex';

/**
 * Whoever holds a check's secret id may delete it. A person may have their own account forgotten: the row stays, so
 * that its number in the trail is never given to somebody else, and holds nothing of the person.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    grant delete on land_check to cunma_app;
    create policy held on land_check for delete to cunma_app using (is_presented(id::text));
    create index land_check_created_at on land_check (created_at);
    create index session_expires_at on session (expires_at);
    create index sign_in_attempt_at on sign_in_attempt (at);
    create index idempotency_created_at on idempotency (created_at);

    create function forget_account() returns boolean language plpgsql security definer
      set search_path = public, pg_temp as $$
    declare
      me bigint := current_account();
      area text;
    begin
      if me is null then raise exception 'nobody is signed in'; end if;
      -- the lock of server/accounts: two last administrators who leave at once leave one after the other
      perform pg_advisory_xact_lock(4020003);
      select i.area into area from installation i;
      if exists (select from assignment s where s.account_id = me and s.role = 'administrator'
          and starts_with(area, s.division_code))
        and not exists (select from assignment s join account a on a.id = s.account_id
          where a.active and not a.demonstration and s.account_id <> me and s.role = 'administrator'
            and starts_with(area, s.division_code))
        then return false; end if;
      delete from recovery_code where account_id = me;
      delete from account_secret where account_id = me;
      delete from one_time_link where account_id = me;
      delete from api_token where account_id = me;
      delete from session where account_id = me;
      delete from assignment where account_id = me;
      delete from oidc_flow where link_account_id = me;
      update account set login = 'deleted-' || me, name = 'deleted-' || me, external_issuer = null,
        external_subject = null, active = false, last_sign_in_at = null, version = version + 1 where id = me;
      return true;
    end $$;
    comment on function forget_account is
      'Acts on nobody but the person of this transaction; false: the last administrator of the installation.';
    revoke execute on function forget_account() from public;
    grant execute on function forget_account() to cunma_sign_in;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function forget_account();
    drop index land_check_created_at, session_expires_at, sign_in_attempt_at, idempotency_created_at;
    drop policy held on land_check;
    revoke delete on land_check from cunma_app;
  `);
}
