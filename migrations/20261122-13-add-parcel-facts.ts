import type { Knex } from 'knex';

/**
 * What cross tables count by stands with the piece, so that an overlay of thousands of pieces reads no feature:
 * 田坎系数 KCXS (net = gross × (1 − KCXS)), 坡度级别 GDPDJB, 权属性质 QSXZ (TD/T 1057). Null where the layer has none.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table piece add column kcxs double precision, add column slope_class varchar(8),
      add column ownership varchar(8);
    set local statement_timeout = 0;
    update piece p set kcxs = f.kcxs, slope_class = left(f.attributes ->> 'GDPDJB', 8),
      ownership = left(f.attributes ->> 'QSXZ', 8)
    from feature f
    where f.county_code = p.county_code and f.version_id = p.version_id and f.id = p.feature_id
      and (f.kcxs is not null or jsonb_exists_any(f.attributes, array['GDPDJB', 'QSXZ']));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table piece drop column kcxs, drop column slope_class, drop column ownership;');
}
