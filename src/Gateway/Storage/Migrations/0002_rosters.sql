-- Rosters: where a district's roster comes from, its runs, and what is kept of it. Every sourcedId is held as a pseudonym
-- (source: the first 128 bits of HMAC-SHA-256 under the district's key). Titles, names, subjects and grades stay null
-- unless the district switched them on.

create table gateway.roster_source (
  district_id   integer primary key references gateway.district on delete cascade,
  binding       text not null check (binding in ('rest', 'csv')),
  version       text check (version in ('1.1', '1.2')),   -- null for csv: each archive says its own
  base_url      text,
  token_url     text,
  client_id     text,
  sealed_secret bytea,
  csv_folder    text,
  schedule      text not null,
  created_at    timestamptz not null,
  check (case binding when 'rest' then version is not null and base_url is not null and token_url is not null and client_id is not null and sealed_secret is not null
                      else csv_folder is not null end)
);

create table gateway.roster_run (
  id          bigint generated always as identity primary key,
  district_id integer not null references gateway.district on delete cascade,
  trigger     text not null check (trigger in ('schedule', 'command', 'import')),
  dry_run     boolean not null,
  state       text not null check (state in ('running', 'applied', 'checked', 'failed')),
  phase       text not null,
  code        text,
  rows        jsonb not null default '{}',
  changes     jsonb not null default '{}',
  started_at  timestamptz not null,
  finished_at timestamptz,
  check ((state = 'running') = (finished_at is null))
);
create index roster_run_district on gateway.roster_run (district_id, started_at desc);

-- What the checks found, a row a rule and place: where the first one stands and how many there were. Never a value.
create table gateway.roster_finding (
  run_id      bigint not null references gateway.roster_run on delete cascade,
  district_id integer not null references gateway.district on delete cascade,
  rule        text not null,
  severity    text not null check (severity in ('error', 'warning')),
  collection  text not null,
  field       text not null default '',
  first_line  bigint,
  count       bigint not null,
  primary key (run_id, rule, collection, field)
);

create table gateway.school (
  id          bigint generated always as identity primary key,
  district_id integer not null references gateway.district on delete cascade,
  source      uuid not null,
  name        text,
  ended_on    date,
  unique (district_id, source)
);

create table gateway.term (
  id          bigint generated always as identity primary key,
  district_id integer not null references gateway.district on delete cascade,
  source      uuid not null,
  kind        text not null,
  title       text,
  starts_on   date not null,
  ends_on     date not null,          -- exclusive, as on the wire
  ended_on    date,
  unique (district_id, source)
);

create table gateway.class (
  id          bigint generated always as identity primary key,
  district_id integer not null references gateway.district on delete cascade,
  source      uuid not null,
  school_id   bigint not null references gateway.school on delete cascade,
  kind        text not null,
  title       text,
  subjects    text[],
  grades      text[],
  term_ids    bigint[] not null,
  ended_on    date,
  unique (district_id, source)
);
create index class_school on gateway.class (school_id);

create table gateway.enrollment (
  district_id integer not null references gateway.district on delete cascade,
  class_id    bigint not null references gateway.class on delete cascade,
  learner_id  bigint not null references gateway.learner on delete cascade,
  role        text not null check (role in ('student', 'teacher')),
  starts_on   date,
  ends_on     date,                   -- exclusive, as on the wire
  ended_on    date,
  primary key (class_id, learner_id, role)
);
create index enrollment_learner on gateway.enrollment (learner_id);
create index enrollment_district on gateway.enrollment (district_id);

do $$
declare t text;
begin
  foreach t in array array['roster_source', 'roster_run', 'roster_finding', 'school', 'term', 'class', 'enrollment'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

