import type { Knex } from 'knex';

/**
 * The audit trail: one chain per county ('000000': the installation and wider areas). Each entry's hash is
 * SHA-256(hash before ‖ UTF-8 of "seq LF at LF body"); `body` is the JSON text as it was hashed, the other columns are
 * read out of it for searching. Nobody but `append_audit` writes: no grant, not even of INSERT, stands for any role.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_head (
      county_code char(6) primary key,
      seq bigint not null,
      hash bytea not null
    );
    create table audit_entry (
      county_code char(6) not null,
      seq bigint not null check (seq > 0),
      at varchar(27) not null,
      body text not null,
      hash bytea not null,
      account_id bigint,
      action varchar(64) not null,
      record_kind varchar(32) not null,
      record_id varchar(64) not null,
      division_code varchar(12) not null check (division_code ~ '^[0-9]{2,12}$'),
      primary key (county_code, seq)
    );
    create index audit_entry_record on audit_entry (record_kind, record_id);
    create index audit_entry_account on audit_entry (account_id);

    create function append_audit(body text) returns bigint language plpgsql security definer
      set search_path = public, pg_temp as $$
    declare
      entry jsonb := body::jsonb;
      division text := entry ->> 'division_code';
      chain char(6) := case when length(division) >= 6 then left(division, 6) else '000000' end;
      head audit_head;
      at text := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
      next_hash bytea;
    begin
      insert into audit_head values (chain, 0, sha256(convert_to('cunma audit ' || chain, 'UTF8')))
        on conflict do nothing;
      select * into strict head from audit_head where county_code = chain for update;
      next_hash := sha256(head.hash || convert_to((head.seq + 1)::text || E'\\n' || at || E'\\n' || body, 'UTF8'));
      insert into audit_entry values (chain, head.seq + 1, at, body, next_hash, (entry ->> 'account_id')::bigint,
        entry ->> 'action', entry ->> 'record_kind', entry ->> 'record_id', division);
      update audit_head set seq = head.seq + 1, hash = next_hash where county_code = chain;
      return head.seq + 1;
    end $$;
    revoke execute on function append_audit(text) from public;
    grant execute on function append_audit(text) to cunma_app, cunma_sign_in;

    grant select on audit_entry, audit_head to cunma_app;
    alter table audit_entry enable row level security;
    create policy seen on audit_entry for select to cunma_app
      using (in_scope(division_code) or account_id = current_account());
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function append_audit(text); drop table audit_entry; drop table audit_head;');
}
