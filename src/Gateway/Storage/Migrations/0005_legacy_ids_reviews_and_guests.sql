-- What a launch may carry besides its person: the id of LTI 1.1 (LTI 1.3 Migration Guide), the learner under review
-- (Submission Review 1.0), or nobody at all.

-- Whether people whom the platform does not name are let in, without a record (L-1.9).
alter table gateway.district add column guests_allowed boolean not null default false;

alter table gateway.learner_identity drop constraint learner_identity_kind_check;
alter table gateway.learner_identity add check (kind in (1, 2, 3));   -- 1: LTI subject, 2: SIS person, 3: LTI 1.1 user

-- The tool as a platform knew it under LTI 1.1: what its oauth_consumer_key_sign is checked with.
create table gateway.legacy_consumer (
  district_id     integer not null references gateway.district on delete cascade,
  registration_id integer not null references gateway.registration on delete cascade,
  consumer_key    text not null,
  sealed_secret   bytea not null,
  created_at      timestamptz not null,
  primary key (registration_id, consumer_key)
);
alter table gateway.legacy_consumer enable row level security;
create policy district on gateway.legacy_consumer using (district_id = (select gateway.current_district()));

-- Makes one learner of two. The caller holds the district's learner lock.
create function gateway.merge_learners(p_keep bigint, p_drop bigint, p_at timestamptz) returns void
  language plpgsql set search_path = pg_catalog
as $$
begin
  update gateway.learner_identity set learner_id = p_keep where learner_id = p_drop;
  update gateway.launch set learner_id = p_keep where learner_id = p_drop;
  update gateway.score_delivery set learner_id = p_keep where learner_id = p_drop;
  insert into gateway.enrollment (district_id, class_id, learner_id, role, starts_on, ends_on, ended_on)
    select district_id, class_id, p_keep, role, starts_on, ends_on, ended_on from gateway.enrollment where learner_id = p_drop
    on conflict do nothing;
  update gateway.learner k
    set role = case when d.on_roster then d.role else k.role end,
        grades = case when d.on_roster then d.grades else k.grades end,
        roster_ended = case when d.on_roster then d.roster_ended else k.roster_ended end,
        on_roster = k.on_roster or d.on_roster,
        first_seen = least(k.first_seen, d.first_seen),
        last_seen = greatest(k.last_seen, d.last_seen),
        last_launch = greatest(k.last_launch, d.last_launch)
    from gateway.learner d where k.id = p_keep and d.id = p_drop;
  delete from gateway.learner where id = p_drop;
  perform gateway.append_change(gateway.current_district(), 'learner', p_drop, p_keep, 'merged', p_at);
end $$;

-- Finds or makes the learner of a subject and, where the launch carried them, of a SIS person and of an LTI 1.1 user; makes one
-- of several. The caller holds the district's learner lock. The oldest learner survives: the engine has known it longest.
create function gateway.link_learner(p_subject uuid, p_sis uuid, p_legacy uuid, p_role text, p_key_version smallint, p_at timestamptz)
  returns bigint
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_known bigint[];
  v_keep bigint;
  v_drop bigint;
begin
  v_known := array(
    select distinct i.learner_id from gateway.learner_identity i
    where i.district_id = v_district and (i.kind, i.hash) in ((1, p_subject), (2, p_sis), (3, p_legacy)) order by 1);
  v_keep := v_known[1];
  if v_keep is null then
    insert into gateway.learner (district_id, role, first_seen, last_seen, last_launch)
      values (v_district, p_role, v_day, v_day, v_day) returning id into v_keep;
    perform gateway.append_change(v_district, 'learner', v_keep, null, 'added', p_at);
  end if;

  foreach v_drop in array v_known[2:] loop
    perform gateway.merge_learners(v_keep, v_drop, p_at);
  end loop;

  insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
    select v_district, kind, hash, p_key_version, v_keep
    from (values (1::smallint, p_subject), (2::smallint, p_sis), (3::smallint, p_legacy)) as i (kind, hash)
    where hash is not null
    on conflict do nothing;
  return v_keep;
end $$;

-- One launch, one statement, one commit: the nonce is spent, the learner found or made, the launch recorded.
-- Answers no row when the nonce was spent before. Without a subject (a guest) the nonce is all that is written, and the learner is
-- null. for_learner_id: whom p_for_subject leads to, after this launch; null when it leads to nobody.
-- Runs as the caller: row-level security holds inside.
create function gateway.record_launch(
    p_nonce uuid, p_nonce_expires timestamptz, p_launch uuid, p_registration integer, p_deployment text, p_message_type text, p_role text,
    p_subject uuid, p_sis uuid, p_legacy uuid, p_for_subject uuid, p_key_version smallint, p_at timestamptz)
  returns table (learner_id bigint, for_learner_id bigint)
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_sis bigint;
  v_legacy bigint;
begin
  if v_district is null then
    raise exception 'no district is set' using errcode = 'insufficient_privilege';
  end if;

  insert into gateway.spent_value (id, district_id, expires_at) values (p_nonce, v_district, p_nonce_expires) on conflict do nothing;
  if not found then
    -- Spent by this very launch: it was written, and the answer got lost on the way.
    select l.learner_id into learner_id from gateway.launch l where l.id = p_launch;
    if found then return next; end if;
    return;
  end if;

  if p_deployment is not null then
    insert into gateway.deployment (district_id, registration_id, deployment_id, created_at)
      values (v_district, p_registration, p_deployment, p_at) on conflict do nothing;
  end if;

  if p_subject is null then
    return next;
    return;
  end if;

  select i.learner_id into learner_id from gateway.learner_identity i where i.district_id = v_district and i.kind = 1 and i.hash = p_subject;
  if p_sis is not null then
    select i.learner_id into v_sis from gateway.learner_identity i where i.district_id = v_district and i.kind = 2 and i.hash = p_sis;
  end if;
  if p_legacy is not null then
    select i.learner_id into v_legacy from gateway.learner_identity i where i.district_id = v_district and i.kind = 3 and i.hash = p_legacy;
  end if;

  if learner_id is null or (p_sis is not null and v_sis is distinct from learner_id)
     or (p_legacy is not null and v_legacy is distinct from learner_id) then
    -- Rare: a first launch, or records that turn out to be one person. One at a time per district.
    perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
    learner_id := gateway.link_learner(p_subject, p_sis, p_legacy, p_role, p_key_version, p_at);
  end if;

  update gateway.learner l set last_seen = v_day, last_launch = v_day
    where l.id = record_launch.learner_id and (l.last_launch is distinct from v_day or l.last_seen < v_day);
  -- Off the roster, what the platform says last is the role.
  update gateway.learner l set role = p_role
    where l.id = record_launch.learner_id and not l.on_roster and l.role <> p_role;
  if found then
    perform gateway.append_change(v_district, 'learner', learner_id, null, 'changed', p_at);
  end if;

  insert into gateway.launch (id, district_id, learner_id, registration_id, message_type, launched_at)
    values (p_launch, v_district, learner_id, p_registration, p_message_type, p_at);

  if p_for_subject is not null then
    select i.learner_id into for_learner_id from gateway.learner_identity i
      where i.district_id = v_district and i.kind = 1 and i.hash = p_for_subject;
  end if;
  return next;
end $$;

-- Replicas of the version before call the function by its old name and arguments until they are replaced.
create or replace function gateway.record_launch(
    p_nonce uuid, p_nonce_expires timestamptz, p_launch uuid, p_registration integer, p_deployment text,
    p_message_type text, p_role text, p_subject uuid, p_sis uuid, p_key_version smallint, p_at timestamptz)
  returns table (learner_id bigint)
  language sql set search_path = pg_catalog
as $$
  select r.learner_id from gateway.record_launch(
    p_nonce, p_nonce_expires, p_launch, p_registration, p_deployment, p_message_type, p_role, p_subject, p_sis, null, null, p_key_version, p_at) r
$$;
drop function gateway.link_learner(uuid, uuid, text, smallint, timestamptz);
