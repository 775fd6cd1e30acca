import type { Knex } from 'knex';

/**
 * An answer of 20 to 50 KB is most of what a check writes, and it is only ever read as a whole: as json it stays the
 * text that was given and is not taken apart (a quarter of the time of jsonb), and LZ4 halves the rest. A PostgreSQL
 * without LZ4, such as the embedded engine, keeps its own compression.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    set local statement_timeout = 0;
    alter table land_check alter answer type json using answer::json;
    do $$ begin
      if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals)) then
        alter table land_check alter answer set compression lz4;
      end if;
    end $$;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table land_check alter answer set compression default;
    alter table land_check alter answer type jsonb using answer::jsonb;
  `);
}
