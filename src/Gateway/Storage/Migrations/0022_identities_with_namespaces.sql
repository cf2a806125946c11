-- A SIS id attaches, it never steals: what is remembered so that the rule can be kept (docs/adr/0042).

-- registration_id: of a subject, the registration in whose namespace it is one; null: not known, or no subject. id: the row's number, by
-- which a join remembers it.
alter table gateway.learner_identity
  add column registration_id integer,
  add column id bigint generated always as identity;

-- Subjects of before: all of a district whose platforms share one namespace, and the only subject of a learner who launched from one
-- namespace alone. The others stay unknown until their next launch, and until then count as of every namespace.
update gateway.learner_identity i set registration_id = one.registration
from (select r.district_id, min(r.id) as registration from gateway.registration r group by r.district_id having count(distinct r.namespace) = 1) one
where i.kind = 1 and i.district_id = one.district_id;

update gateway.learner_identity i set registration_id = one.registration
from (
  select s.learner_id, min(l.registration_id) as registration
  from (select learner_id from gateway.learner_identity where kind = 1 group by learner_id having count(*) = 1 and bool_and(registration_id is null)) s
  join gateway.launch l on l.learner_id = s.learner_id
  join gateway.registration r on r.id = l.registration_id
  group by s.learner_id having count(distinct r.namespace) = 1) one
where i.kind = 1 and i.learner_id = one.learner_id;

-- Ids that lead to different learners and may not make one of them. learner_id: who the launch goes in as; other_id: whom its SIS id or
-- id of LTI 1.1 leads to; null: to nobody. registration_id null: a roster said it.
create table gateway.learner_conflict (
  id              bigint generated always as identity primary key,
  district_id     integer not null,
  registration_id integer,
  learner_id      bigint not null references gateway.learner on delete cascade,
  other_id        bigint references gateway.learner on delete cascade,
  -- subject_taken: the other has a subject of this platform already; both_launched: both came by launches; sis_differs: two SIS ids;
  -- role: a teacher and a student; split: a person has split them; followed: joined all the same, because the district follows the platform.
  reason          text not null check (reason in ('subject_taken', 'both_launched', 'sis_differs', 'role', 'split', 'followed')),
  first_seen      date not null,
  last_seen       date not null,
  seen            integer not null default 1,
  told            boolean not null default false,     -- in a mail to the district
  audited         boolean not null default false,
  unique nulls not distinct (learner_id, other_id, registration_id, reason)
);
create index learner_conflict_district on gateway.learner_conflict (district_id, id);
create index learner_conflict_other on gateway.learner_conflict (other_id);
create index learner_conflict_new on gateway.learner_conflict (district_id) where not told or not audited;

-- What became one with what, for the 30 days in which it can be undone. dropped_id: the number of the learner that is no more; null where
-- a new subject was attached. The arrays: numbers of the rows that moved.
create table gateway.learner_join (
  id              bigint generated always as identity primary key,
  district_id     integer not null,
  registration_id integer,
  kept_id         bigint not null references gateway.learner on delete cascade,
  dropped_id      bigint,
  cause           text not null check (cause in ('launch', 'operator', 'roster')),
  joined_at       timestamptz not null,
  first_seen      date not null,                      -- of the one that was dropped
  last_seen       date not null,
  identities      bigint[] not null default '{}',
  launches        uuid[] not null default '{}',
  scores          uuid[] not null default '{}',
  classes         bigint[] not null default '{}'
);
create index learner_join_kept on gateway.learner_join (kept_id);
create index learner_join_oldest on gateway.learner_join (district_id, joined_at);

do $$
declare t text;
begin
  foreach t in array array['learner_conflict', 'learner_join'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

-- Whether a new account of the platform joins the record of its SIS id, though another account of that platform has it.
alter table gateway.roster_policy add column follow_platform boolean not null default false;

alter table gateway.change
  drop constraint change_kind_check, add constraint change_kind_check check (kind in ('added', 'changed', 'ended', 'merged', 'split', 'erased'));
alter table gateway.roster_alert
  drop constraint roster_alert_kind_check,
  add constraint roster_alert_kind_check check (kind in ('failed', 'waiting', 'overdue', 'digest', 'incident', 'policy', 'conflicts'));

-- Districts of which somebody is to be told.
create function gateway.untold_conflicts() returns setof integer
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select distinct c.district_id from gateway.learner_conflict c where not c.told or not c.audited
$$;
