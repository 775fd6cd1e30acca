import type { Knex } from 'knex';

/** Sums of every table, made by the database itself: rows, and MD5 over the rows' own text in the order of that text. */
export async function tableSums(knex: Knex, without: readonly string[] = []): Promise<Map<string, string>> {
  const { rows: tables } = await knex.raw<{ rows: { name: string }[] }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'spatial_ref_sys' order by 1`,
  );
  const sums = new Map<string, string>();
  for (const { name } of tables) {
    if (without.includes(name)) continue;
    await knex.transaction(async (db) => {
      await db.raw("set local time zone 'Asia/Shanghai'");
      const columns = await storedColumns(db, name);
      const { rows } = await db.raw<{ rows: { sum: string }[] }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(r, '|' order by r collate "C"), '')) as sum
         from (select row(${columns})::text as r from ??) t`,
        [name],
      );
      sums.set(name, rows[0]!.sum);
    });
  }
  return sums;
}

async function storedColumns(db: Knex, table: string): Promise<string> {
  const { rows } = await db.raw<{ rows: { names: string }[] }>(
    `select string_agg(quote_ident(column_name), ', ' order by column_name) as names from information_schema.columns
     where table_schema = 'public' and table_name = ?`,
    [table],
  );
  return rows[0]!.names;
}
