import type { Knex } from 'knex';

/**
 * Sums by township beside those by village, and a checksum that ties what was derived from a version (pieces, coverage,
 * sums) to it. Versions that were published before have none until `cunma land --rebuild`.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table village_total rename to division_total;
    alter table division_total rename column village_code to division_code;
    alter index village_total_pkey rename to division_total_pkey;
    alter table layer_version add column derived_checksum text;
    comment on column layer_version.derived_checksum is
      'of piece, coverage_piece and division_total as they were derived at publication; null: of an older Cunma';
    insert into division_total
    select county_code, version_id, left(division_code, 9), class_code, min(class_name), sum(area_m2)
    from division_total where length(division_code) = 12
    group by county_code, version_id, left(division_code, 9), class_code;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from division_total where length(division_code) <> 12;
    alter table layer_version drop column derived_checksum;
    alter index division_total_pkey rename to village_total_pkey;
    alter table division_total rename column division_code to village_code;
    alter table division_total rename to village_total;
  `);
}
