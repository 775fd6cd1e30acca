import type { Knex } from 'knex';

/**
 * What people gave us (docs/decisions/0007): records only; the bytes lie in the store under their SHA-256. A request
 * sees its own files, and of its areas those that have been accepted; it never changes one, the check does as the owner.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table stored_file (
      id bigint generated always as identity primary key,
      county_code char(6) not null generated always as
        (case when length(division_code) >= 6 then left(division_code, 6) else '000000' end) stored,
      division_code varchar(12) not null check (division_code ~ '^[0-9]{2,12}$'),
      account_id bigint references account (id) on delete set null,
      purpose varchar(16) not null check (purpose in ('picture', 'document', 'data', 'upload')),
      name varchar(200) not null check (name <> '' and name !~ '[[:cntrl:]/\\\\]'),
      media_type varchar(100) not null,
      bytes bigint not null check (bytes > 0),
      sha256 bytea not null check (length(sha256) = 32),
      picture_sha256 bytea check (length(picture_sha256) = 32),
      status varchar(16) not null check (status in ('quarantine', 'accepted', 'rejected')),
      problem jsonb,
      created_at timestamptz not null default now(),
      checked_at timestamptz,
      check ((status = 'rejected') = (problem is not null)),
      check ((status = 'quarantine') = (checked_at is null)),
      check (picture_sha256 is null or (purpose = 'picture' and status = 'accepted'))
    );
    comment on column stored_file.name is 'As it was claimed, made harmless; never a path.';
    comment on column stored_file.media_type is 'As the content says, not as it was claimed.';
    comment on column stored_file.picture_sha256 is 'The copy that may be shown: drawn anew, without metadata.';
    create index stored_file_account on stored_file (account_id, created_at);
    create index stored_file_division on stored_file (division_code varchar_pattern_ops, id);
    create index stored_file_sha256 on stored_file (sha256);
    create index stored_file_picture on stored_file (picture_sha256) where picture_sha256 is not null;

    create table unreferenced_blob (
      sha256 bytea primary key check (length(sha256) = 32),
      since timestamptz not null default now()
    );
    comment on table unreferenced_blob is
      'Content that no record names; removed when it has stood here for a day, so that a backup that is under way still finds it.';

    grant select, insert (division_code, account_id, purpose, name, media_type, bytes, sha256, picture_sha256, status,
      checked_at), delete on stored_file to cunma_app;
    grant select (sha256), insert (sha256), delete on unreferenced_blob to cunma_app;

    alter table stored_file enable row level security;
    create policy seen on stored_file for select to cunma_app
      using (account_id = current_account() or (status = 'accepted' and in_scope(division_code)));
    create policy given on stored_file for insert to cunma_app
      with check (account_id = current_account() and in_scope(division_code) and status <> 'rejected');
    create policy taken_back on stored_file for delete to cunma_app using (account_id = current_account());
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table unreferenced_blob, stored_file;');
}
