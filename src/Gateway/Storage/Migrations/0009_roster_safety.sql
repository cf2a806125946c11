-- What a district lets a roster run do by itself, whom it takes in, and runs that wait for a person's approval.

create table gateway.roster_policy (
  district_id      integer primary key references gateway.district on delete cascade,
  removed_percent  numeric not null default 10 check (removed_percent between 0 and 100),
  changed_percent  numeric not null default 75 check (changed_percent between 0 and 100),
  additions_ahead  boolean not null default false,
  schools          uuid[] check (cardinality(schools) > 0),       -- pseudonyms of sourcedIds; null: all
  grades           text[] check (cardinality(grades) > 0),        -- null: all
  class_types      text[] check (class_types <@ array['scheduled', 'homeroom', 'other'] and cardinality(class_types) > 0),
  term_margin_days integer check (term_margin_days between 0 and 366),  -- null: terms past and future too
  same_person      text check (same_person ~ '^(master-identifier|after:.|before:.)$')   -- null: every record is a person
);

alter table gateway.roster_run
  drop constraint roster_run_state_check,
  add constraint roster_run_state_check check (state in ('running', 'applied', 'checked', 'failed', 'waiting', 'approved', 'replaced', 'expired')),
  drop constraint roster_run_trigger_check,
  add constraint roster_run_trigger_check check (trigger in ('schedule', 'command', 'import', 'approval')),
  add additions_only   boolean not null default false,
  add approves         bigint references gateway.roster_run on delete set null,
  add expected         jsonb not null default '{}',   -- rows to come, by collection, as far as the source can tell
  add step             integer not null default 0,    -- of the phase, counted from 1
  add steps            integer not null default 0,
  add rows_per_second  bigint,
  add seconds_left     bigint,
  add progress_at      timestamptz,
  add phases           jsonb not null default '[]',   -- name and seconds of each phase that ended
  add left_out         jsonb not null default '{}',   -- rows outside what the district takes in
  add comparison       jsonb;                         -- before and after by type, and the reasons to wait
create index roster_run_approves on gateway.roster_run (approves) where approves is not null;
create index roster_run_started_at on gateway.roster_run (started_at);

-- The roster of a run that waits, as it was staged: pseudonyms, checked, in the database's own binary form, in pieces.
create table gateway.roster_held (
  run_id      bigint not null references gateway.roster_run on delete cascade,
  district_id integer not null references gateway.district on delete cascade,
  part        text not null,
  piece       integer not null,
  bytes       bytea not null,
  primary key (run_id, part, piece)
);
create index roster_held_district on gateway.roster_held (district_id);

do $$
declare t text;
begin
  foreach t in array array['roster_policy', 'roster_held'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

-- Reports are kept for 90 days (R-4.2), a roster that waits for two weeks; what nobody approved by then is out of date.
create or replace function gateway.purge_expired(p_now timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog
as $$
  with gone as (delete from gateway.spent_value where expires_at < p_now returning 1),
       unpublished as (delete from gateway.signing_key where published_until < p_now returning 1),
       forgotten as (delete from gateway.roster_run where started_at < p_now - interval '90 days' and state <> 'running' returning 1),
       expired as (update gateway.roster_run set state = 'expired'
                   where state = 'waiting' and started_at between p_now - interval '90 days' and p_now - interval '14 days' returning id),
       released as (delete from gateway.roster_held h using expired where h.run_id = expired.id returning 1)
  select (select count(*) from gone) + (select count(*) from unpublished) + (select count(*) from forgotten)
       + (select count(*) from expired) + (select count(*) from released)
$$;
