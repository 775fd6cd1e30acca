import type { Knex } from 'knex';

/**
 * Reading the trail: newest first, by person, by action. Whoever has the right over the whole installation sees all of
 * it, also what lies in no county; everybody sees what they did and what was done to their account. `append_audit`
 * takes the time once it has its turn: in a chain, the later entry does not carry the earlier time.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create or replace function append_audit(body text) returns bigint language plpgsql security definer
      set search_path = public, pg_temp as $$
    declare
      entry jsonb := body::jsonb;
      division text := entry ->> 'division_code';
      chain char(6) := case when length(division) >= 6 then left(division, 6) else '000000' end;
      head audit_head;
      at text;
      next_hash bytea;
    begin
      insert into audit_head values (chain, 0, sha256(convert_to('cunma audit ' || chain, 'UTF8')))
        on conflict do nothing;
      select * into strict head from audit_head where county_code = chain for update;
      at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
      next_hash := sha256(head.hash || convert_to((head.seq + 1)::text || E'\\n' || at || E'\\n' || body, 'UTF8'));
      insert into audit_entry values (chain, head.seq + 1, at, body, next_hash, (entry ->> 'account_id')::bigint,
        entry ->> 'action', entry ->> 'record_kind', entry ->> 'record_id', division);
      update audit_head set seq = head.seq + 1, hash = next_hash where county_code = chain;
      return head.seq + 1;
    end $$;

    drop index audit_entry_account;
    create index audit_entry_at on audit_entry (at, county_code, seq);
    create index audit_entry_account on audit_entry (account_id, at);
    create index audit_entry_action on audit_entry (action, at);

    drop policy seen on audit_entry;
    create policy seen on audit_entry for select to cunma_app using (
      exists (select from installation where in_scope(area))
      or account_id = current_account()
      or (record_kind = 'account' and record_id = current_account()::text)
      or in_scope(division_code));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop policy seen on audit_entry;
    create policy seen on audit_entry for select to cunma_app
      using (in_scope(division_code) or account_id = current_account());
    drop index audit_entry_at, audit_entry_account, audit_entry_action;
    create index audit_entry_account on audit_entry (account_id);
  `);
}
