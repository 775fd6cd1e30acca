import type { Knex } from 'knex';

/**
 * Answers given, kept as they were given. `county_code` is '000000' where a shape lay in no known county.
 * A house plot is personal data: ids are 128-bit random and the record expires.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table land_check (
      county_code char(6) not null,
      id char(32) not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      activity varchar(16) not null,
      outcome varchar(16) not null check (outcome in ('conflict', 'unknown', 'permit', 'clear')),
      village_code varchar(12),
      geom geometry(MultiPolygon, 4490) not null,
      answer jsonb not null,
      primary key (county_code, id)
    );
    create index land_check_id on land_check (id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table land_check;');
}
