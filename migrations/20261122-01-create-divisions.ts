import type { Knex } from 'knex';

/**
 * Administrative divisions (GB/T 2260 + GB/T 10114): a catalogue, small enough to stand on every node.
 * A row per validity: villages merge and are renamed. `plane` and `area_m2` are derived from `geom`.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$ begin
      create extension if not exists postgis;
    exception when insufficient_privilege then
      raise exception 'The database user % may not install PostGIS. Let an administrator run in this database: create extension postgis;',
        current_user using errcode = 'insufficient_privilege';
    end $$;
    create table division (
      code varchar(12) not null check (code ~ '^[0-9]+$' and length(code) in (2, 4, 6, 9, 12)),
      level smallint not null check (level between 1 and 5),
      name text not null,
      parent varchar(12),
      pinyin text not null,
      initials text not null,
      valid_from date not null default '1949-10-01',
      valid_until date,
      successor varchar(12),
      geom geometry(MultiPolygon, 4490),
      plane geometry(MultiPolygon, 6933),
      area_m2 double precision,
      primary key (code, valid_from),
      check (valid_until is null or valid_until > valid_from),
      check ((geom is null) = (plane is null) and (geom is null) = (area_m2 is null))
    );
    create index division_parent on division (parent);
    create table village_token (
      token varchar(32) primary key,
      village_code varchar(12) not null unique,
      created_at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table village_token; drop table division;');
}
