import type { Knex } from 'knex';

/**
 * Demonstration and real land never stand in one database. `land_kind` has at most one row; every version outside the
 * self-test's county ('000000') refers to it with its own mark, so that the database itself refuses the other kind,
 * whoever writes. `demonstration_county` says from what a county's demonstration land was made.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table land_kind (
      only_row boolean primary key default true check (only_row),
      demonstration boolean not null unique
    );
    insert into land_kind (demonstration)
      select distinct demonstration from layer_version where county_code <> '000000';
    alter table layer_version add column land_kind boolean
      generated always as (case when county_code = '000000' then null else demonstration end) stored
      references land_kind (demonstration);

    create table demonstration_county (
      county_code char(6) primary key,
      fingerprint char(64) not null,
      loaded_at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table demonstration_county;
    alter table layer_version drop column land_kind;
    drop table land_kind;
  `);
}
