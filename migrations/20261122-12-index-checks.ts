import type { Knex } from 'knex';

/** Staff list the checks of their area newest first, and count them by day. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index land_check_created on land_check (created_at)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index land_check_created');
}
