import type { Knex } from 'knex';

/**
 * Many shapes of one file, each with its overlay. A batch keeps the layers and versions that its answers rest on; a
 * record belongs to the village in which its shape mostly lies, so that everybody sees those of their own areas. Until
 * it has been examined, and where it has no result, it belongs where the batch does.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table overlay_batch (
      id bigint generated always as identity primary key,
      county_code char(6) not null generated always as
        (case when length(division_code) >= 6 then left(division_code, 6) else '000000' end) stored,
      division_code varchar(12) not null check (division_code ~ '^[0-9]{2,12}$'),
      account_id bigint references account (id) on delete set null,
      job_id bigint references job (id) on delete set null,
      file_id bigint references stored_file (id) on delete set null,
      title varchar(200) not null check (title <> ''),
      as_of date not null,
      format varchar(16) not null,
      crs jsonb not null,
      notes jsonb not null,
      land jsonb not null,
      shapes integer not null check (shapes >= 0),
      remarks integer not null check (remarks >= 0),
      done integer not null default 0 check (done between 0 and shapes),
      failed integer not null default 0 check (failed between 0 and done),
      affected integer not null default 0 check (affected between 0 and done),
      created_at timestamptz not null default now()
    );
    comment on column overlay_batch.land is
      'Layers and versions in force when it was taken in: all its answers belong to them, whatever is published later.';
    comment on column overlay_batch.notes is 'On the file as a whole, in both languages.';
    create index overlay_batch_division on overlay_batch (division_code varchar_pattern_ops, id);
    create index overlay_batch_job on overlay_batch (job_id);
    create index overlay_batch_file on overlay_batch (file_id);

    create table overlay_batch_item (
      batch_id bigint not null references overlay_batch (id) on delete cascade,
      index integer not null check (index > 0),
      county_code char(6) not null generated always as
        (case when length(division_code) >= 6 then left(division_code, 6) else '000000' end) stored,
      division_code varchar(12) not null check (division_code ~ '^[0-9]{2,12}$'),
      name varchar(200),
      attributes jsonb not null,
      status varchar(16) not null
        check (status in ('waiting', 'remark', 'affected', 'not_affected', 'no_data', 'failed')),
      remark jsonb,
      turn integer,
      counties varchar(6)[],
      area_m2 double precision check (area_m2 > 0),
      geom geometry(MultiPolygon, 4490),
      village_code varchar(12),
      summary jsonb,
      answer jsonb,
      created_at timestamptz not null default now(),
      primary key (batch_id, index),
      unique (batch_id, turn),
      check ((status = 'remark') = (remark is not null)),
      check ((status in ('waiting', 'remark')) = (answer is null)),
      check ((answer is null) = (summary is null)),
      check ((turn is null) = (geom is null) and (geom is null) = (area_m2 is null)),
      check (status = 'remark' or turn is not null)
    );
    comment on table overlay_batch_item is 'A record of the file under its number there, from 1. Nothing of a file is lost: what cannot be examined has its remark.';
    comment on column overlay_batch_item.turn is 'Place in the order of examination, which follows the ground; from 0.';
    comment on column overlay_batch_item.counties is 'Counties whose published land might touch the shape when it was taken in.';
    comment on column overlay_batch_item.summary is 'By layer: status, area, area below the threshold.';
    comment on column overlay_batch_item.answer is 'Unrounded, m²; layers and versions by key and id: they stand in the batch.';
    create index overlay_batch_item_created_at on overlay_batch_item (created_at);

    grant select, insert (division_code, account_id, job_id, file_id, title, as_of, format, crs, notes, land, shapes,
      remarks), update (job_id, file_id, shapes, remarks, done, failed, affected), delete on overlay_batch to cunma_app;
    grant select, insert (batch_id, index, division_code, name, attributes, status, remark, turn, counties, area_m2,
      geom), update (division_code, status, remark, village_code, summary, answer) on overlay_batch_item to cunma_app;

    alter table overlay_batch enable row level security;
    create policy seen on overlay_batch for select to cunma_app
      using (in_scope(division_code) or account_id = current_account());
    create policy taken_in on overlay_batch for insert to cunma_app
      with check (account_id = current_account() and in_scope(division_code));
    create policy worked_on on overlay_batch for update to cunma_app using (in_scope(division_code));
    create policy taken_back on overlay_batch for delete to cunma_app
      using (account_id = current_account() and in_scope(division_code));

    alter table overlay_batch_item enable row level security;
    create policy seen on overlay_batch_item for select to cunma_app using (in_scope(division_code));
    create policy taken_in on overlay_batch_item for insert to cunma_app with check (in_scope(division_code));
    create policy worked_on on overlay_batch_item for update to cunma_app using (in_scope(division_code));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table overlay_batch_item, overlay_batch;');
}
