import type { Knex } from 'knex';

/**
 * Long work, and what has become of it (docs/decisions/0006). The worker acts as the owner on these tables; a request
 * may queue a job of its own within its areas, see it, and ask for its end or for another try. `fence` counts the
 * claims: only the last claimer's steps are committed. `attempts` counts the claims since the job last got further.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table job (
      id bigint generated always as identity primary key,
      county_code char(6) not null generated always as
        (case when length(division_code) >= 6 then left(division_code, 6) else '000000' end) stored,
      division_code varchar(12) not null check (division_code ~ '^[0-9]{2,12}$'),
      kind varchar(64) not null check (kind ~ '^[a-z][a-z0-9_]*$'),
      title jsonb not null,
      account_id bigint references account (id) on delete set null,
      token_id bigint,
      system boolean not null default false,
      unique_key varchar(120) unique,
      input jsonb not null,
      status varchar(16) not null default 'queued'
        check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
      attempts integer not null default 0,
      max_attempts integer not null check (max_attempts between 1 and 20),
      run_at timestamptz not null default now(),
      cancel_requested_at timestamptz,
      checkpoint jsonb,
      done bigint not null default 0,
      total bigint,
      result jsonb,
      problem jsonb,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      ended_at timestamptz,
      revision bigint not null default 1,
      fence bigint not null default 0,
      worker varchar(64),
      lease_until timestamptz,
      check ((status = 'running') = (lease_until is not null)),
      check ((status in ('queued', 'running')) = (ended_at is null))
    );
    comment on column job.revision is 'Grows with every change that a page shows: the id of its server-sent events.';
    comment on column job.token_id is 'The token that queued it: the job may do no more than the token.';
    comment on column job.system is
      'Queued by nobody: told apart from a job whose account is gone, which must not go on.';
    create index job_due on job (run_at, id) where status in ('queued', 'running');
    create index job_account on job (account_id, status);
    create index job_ended on job (ended_at) where ended_at is not null;

    create table job_log (
      job_id bigint not null references job (id) on delete cascade,
      line integer not null,
      at timestamptz not null default clock_timestamp(),
      text jsonb not null,
      primary key (job_id, line)
    );

    create table job_schedule (
      name varchar(64) primary key,
      last_day date not null
    );
    comment on table job_schedule is 'The last day for which a daily job was queued; the day it was first seen counts as done.';

    grant select, insert (division_code, kind, title, account_id, token_id, system, unique_key, input, max_attempts, run_at),
      update (status, attempts, run_at, cancel_requested_at, problem, ended_at, revision)
      on job to cunma_app;
    grant select on job_log to cunma_app;

    alter table job enable row level security;
    create policy seen on job for select to cunma_app using (in_scope(division_code) or account_id = current_account());
    create policy queued on job for insert to cunma_app
      with check (account_id = current_account() and not system and in_scope(division_code));
    create policy managed on job for update to cunma_app
      using (in_scope(division_code) or account_id = current_account());

    alter table job_log enable row level security;
    create policy seen on job_log for select to cunma_app using (exists (select from job where job.id = job_id));
    alter table job_schedule enable row level security;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table job_schedule, job_log, job;');
}
