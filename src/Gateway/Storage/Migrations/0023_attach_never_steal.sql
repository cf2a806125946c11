-- What a launch's ids may make one, and what not (docs/adr/0042). Callers of everything that changes learners hold the district's learner lock.

-- Whether two learners both have a subject of one namespace; one whose namespace is not known may be of any. p_but: a namespace that does
-- not count, or null.
create function gateway.subject_clash(p_one bigint, p_other bigint, p_but text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from gateway.learner_identity a
    join gateway.learner_identity b on b.learner_id = p_other and b.kind = 1
    left join gateway.registration ra on ra.id = a.registration_id
    left join gateway.registration rb on rb.id = b.registration_id
    where a.learner_id = p_one and a.kind = 1
      and (ra.namespace is null or rb.namespace is null or (ra.namespace = rb.namespace and ra.namespace is distinct from p_but)))
$$;

-- Whether a learner has a subject of a namespace, or one of which that is not known.
create function gateway.has_subject_of(p_learner bigint, p_namespace text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from gateway.learner_identity i left join gateway.registration r on r.id = i.registration_id
    where i.learner_id = p_learner and i.kind = 1 and (p_namespace is null or r.namespace is null or r.namespace = p_namespace))
$$;

create function gateway.has_identity(p_learner bigint, p_kind smallint) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select exists (select from gateway.learner_identity i where i.learner_id = p_learner and i.kind = p_kind)
$$;

-- Why two learners may never become one; null: they may.
create function gateway.join_conflict(p_one bigint, p_other bigint) returns text
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select case
    when exists (select from gateway.learner_conflict c
                 where c.reason = 'split' and ((c.learner_id = p_one and c.other_id = p_other) or (c.learner_id = p_other and c.other_id = p_one))) then 'split'
    when (select count(distinct l.role) > 1 from gateway.learner l where l.id in (p_one, p_other)) then 'role'
    when gateway.subject_clash(p_one, p_other, null) then 'subject_taken'
  end
$$;

-- Why a launch may not attach its subject to the learner that its SIS id, or id of LTI 1.1, leads to; null: it may. p_own: whom the subject
-- leads to already, or null. p_follow: the district follows the platform where another subject of its namespace is there.
create function gateway.attach_conflict(p_own bigint, p_other bigint, p_namespace text, p_role text, p_follow boolean) returns text
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select case
    when exists (select from gateway.learner_conflict c
                 where c.reason = 'split' and ((c.learner_id = p_own and c.other_id = p_other) or (c.learner_id = p_other and c.other_id = p_own))) then 'split'
    when gateway.has_identity(p_own, 2::smallint) and gateway.has_identity(p_other, 2::smallint) then 'sis_differs'
    when exists (select from gateway.learner l where l.id in (p_own, p_other) and l.role <> p_role) then 'role'
    when p_follow then case when gateway.subject_clash(p_own, p_other, p_namespace) then 'subject_taken' end
    when gateway.has_subject_of(p_other, p_namespace) then 'subject_taken'
    when p_own is not null and gateway.has_identity(p_other, 1::smallint) then 'both_launched'
  end
$$;

create function gateway.note_conflict(p_registration integer, p_learner bigint, p_other bigint, p_reason text, p_day date) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  -- What a person has split is known already, by whichever platform it comes again.
  if p_reason = 'split' then
    update gateway.learner_conflict c set seen = c.seen + 1, last_seen = greatest(c.last_seen, p_day)
      where c.reason = 'split' and c.learner_id in (p_learner, p_other) and c.other_id in (p_learner, p_other);
    return;
  end if;
  insert into gateway.learner_conflict as c (district_id, registration_id, learner_id, other_id, reason, first_seen, last_seen)
    values (gateway.current_district(), p_registration, p_learner, p_other, p_reason, p_day, p_day)
    on conflict (learner_id, other_id, registration_id, reason) do update set seen = c.seen + 1, last_seen = greatest(c.last_seen, p_day);
end $$;

-- As before, and with what is remembered of the one that goes: joins before it, and from whom a person has split it.
create or replace function gateway.merge_learners(p_keep bigint, p_drop bigint, p_at timestamptz) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
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
  update gateway.learner_join set kept_id = p_keep where kept_id = p_drop;
  insert into gateway.learner_conflict (district_id, learner_id, other_id, reason, first_seen, last_seen, told, audited)
    select c.district_id, p_keep, case c.learner_id when p_drop then c.other_id else c.learner_id end, 'split', c.first_seen, c.last_seen, true, true
    from gateway.learner_conflict c
    where c.reason = 'split' and p_drop in (c.learner_id, c.other_id) and p_keep not in (c.learner_id, c.other_id)
    on conflict do nothing;
  delete from gateway.learner where id = p_drop;
  perform gateway.append_change(gateway.current_district(), 'learner', p_drop, p_keep, 'merged', p_at);
end $$;

-- Makes one learner of two who may be one, and remembers what moves, so that it can be undone.
create function gateway.join_learners(p_keep bigint, p_drop bigint, p_cause text, p_registration integer, p_at timestamptz) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare v_join bigint;
begin
  insert into gateway.learner_join (district_id, registration_id, kept_id, dropped_id, cause, joined_at, first_seen, last_seen, identities, launches, scores, classes)
    select l.district_id, p_registration, p_keep, p_drop, p_cause, p_at, l.first_seen, l.last_seen,
           array(select i.id from gateway.learner_identity i where i.learner_id = p_drop),
           array(select n.id from gateway.launch n where n.learner_id = p_drop),
           array(select s.id from gateway.score_delivery s where s.learner_id = p_drop),
           array(select distinct e.class_id from gateway.enrollment e where e.learner_id = p_drop)
    from gateway.learner l where l.id = p_drop
    returning id into v_join;
  perform gateway.merge_learners(p_keep, p_drop, p_at);
  return v_join;
end $$;

-- Finds or makes the learner of a subject. Where the launch carried an id of a SIS person or of an LTI 1.1 user, it attaches where it may;
-- where it may not, the launch goes in as the subject that it is, and others and reasons say which ids led elsewhere and why not. Takes the
-- district's learner lock where there is something to make or to attach; a conflict that stands needs none. Of two learners that become one
-- the older survives: the engine has known it longest.
drop function gateway.link_learner(uuid, uuid, uuid, text, smallint, timestamptz);
create function gateway.link_learner(
    p_registration integer, p_subject uuid, p_sis uuid, p_legacy uuid, p_role text, p_key_version smallint, p_at timestamptz,
    out own bigint, out others bigint[], out reasons text[])
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_namespace text;
  v_follow boolean;
  v_from_platform boolean;
  v_locked boolean := false;
  v_open boolean;
  v_claim record;
  v_other bigint;
  v_why text;
  v_taken boolean;
begin
  select r.namespace, r.sis_parameter is null, coalesce(p.follow_platform, false) into v_namespace, v_from_platform, v_follow
    from gateway.registration r left join gateway.roster_policy p on p.district_id = r.district_id where r.id = p_registration;

  loop
    others := '{}';
    reasons := '{}';
    select i.learner_id into own from gateway.learner_identity i where i.district_id = v_district and i.kind = 1 and i.hash = p_subject;
    v_open := own is null;
    -- Where a link's author may have set the SIS id, nobody follows it.
    for v_claim in
      select c.kind, c.hash, c.follow and v_follow as follow
      from (values (2::smallint, p_sis, v_from_platform), (3::smallint, p_legacy, true)) as c (kind, hash, follow) where c.hash is not null order by 1
    loop
      select i.learner_id into v_other from gateway.learner_identity i
        where i.district_id = v_district and i.kind = v_claim.kind and i.hash = v_claim.hash;
      continue when v_other = own;
      if v_other is null then
        continue when own is null;
        if v_claim.kind = 2 and gateway.has_identity(own, 2::smallint) then
          v_why := 'sis_differs';
        elsif v_locked then
          insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
            values (v_district, v_claim.kind, v_claim.hash, p_key_version, own) on conflict do nothing;
          continue;
        else
          v_open := true;
          continue;
        end if;
      else
        v_why := gateway.attach_conflict(own, v_other, v_namespace, p_role, v_claim.follow);
      end if;
      if v_why is not null then
        others := others || v_other;
        reasons := reasons || v_why;
        continue;
      end if;
      v_open := true;
      continue when not v_locked;

      v_taken := gateway.has_subject_of(v_other, v_namespace);
      if own is null then
        own := v_other;
        with attached as (
          insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id, registration_id)
            values (v_district, 1, p_subject, p_key_version, own, p_registration) returning id)
        insert into gateway.learner_join (district_id, registration_id, kept_id, cause, joined_at, first_seen, last_seen, identities)
          select v_district, p_registration, own, 'launch', p_at, v_day, v_day, array[id] from attached;
      else
        perform gateway.join_learners(least(own, v_other), greatest(own, v_other), 'launch', p_registration, p_at);
        own := least(own, v_other);
      end if;
      if v_taken then
        others := others || null::bigint;
        reasons := reasons || 'followed'::text;
      end if;
    end loop;
    exit when not v_open or v_locked;
    -- One at a time per district; what was found may have changed while this waited.
    perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
    v_locked := true;
  end loop;

  if own is null then
    insert into gateway.learner (district_id, role, first_seen, last_seen, last_launch)
      values (v_district, p_role, v_day, v_day, v_day) returning id into own;
    perform gateway.append_change(v_district, 'learner', own, null, 'added', p_at);
    insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id, registration_id)
      values (v_district, 1, p_subject, p_key_version, own, p_registration);
    insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
      select v_district, c.kind, c.hash, p_key_version, own
      from (values (2::smallint, p_sis), (3::smallint, p_legacy)) as c (kind, hash) where c.hash is not null
      on conflict do nothing;
  end if;
end $$;

-- As before, but for ids that lead to different learners, and conflict: why an id did not attach, or followed; null mostly. A subject of
-- before whose namespace was not known gets it here.
drop function gateway.record_launch(uuid, timestamptz, uuid, integer, text, text, text, uuid, uuid, uuid, uuid, smallint, timestamptz);
create function gateway.record_launch(
    p_nonce uuid, p_nonce_expires timestamptz, p_launch uuid, p_registration integer, p_deployment text, p_message_type text, p_role text,
    p_subject uuid, p_sis uuid, p_legacy uuid, p_for_subject uuid, p_key_version smallint, p_at timestamptz)
  returns table (learner_id bigint, for_learner_id bigint, conflict text)
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_unplaced boolean;
  v_sis bigint;
  v_legacy bigint;
  v_others bigint[];
  v_reasons text[];
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

  select i.learner_id, i.registration_id is null into learner_id, v_unplaced
    from gateway.learner_identity i where i.district_id = v_district and i.kind = 1 and i.hash = p_subject;
  if p_sis is not null then
    select i.learner_id into v_sis from gateway.learner_identity i where i.district_id = v_district and i.kind = 2 and i.hash = p_sis;
  end if;
  if p_legacy is not null then
    select i.learner_id into v_legacy from gateway.learner_identity i where i.district_id = v_district and i.kind = 3 and i.hash = p_legacy;
  end if;

  if learner_id is null or (p_sis is not null and v_sis is distinct from learner_id)
     or (p_legacy is not null and v_legacy is distinct from learner_id) then
    -- Rare: a first launch, an id that attaches, or one that leads elsewhere.
    select k.own, k.others, k.reasons into learner_id, v_others, v_reasons
      from gateway.link_learner(p_registration, p_subject, p_sis, p_legacy, p_role, p_key_version, p_at) k;
  end if;
  if v_unplaced then
    update gateway.learner_identity i set registration_id = p_registration
      where i.district_id = v_district and i.kind = 1 and i.hash = p_subject and i.registration_id is null;
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

  -- After the learner's row, as a join takes them.
  for n in 1 .. coalesce(cardinality(v_reasons), 0) loop
    perform gateway.note_conflict(p_registration, learner_id, v_others[n], v_reasons[n], v_day);
  end loop;
  conflict := v_reasons[1];

  if p_for_subject is not null then
    select i.learner_id into for_learner_id from gateway.learner_identity i
      where i.district_id = v_district and i.kind = 1 and i.hash = p_for_subject;
  end if;
  return next;
end $$;

-- As before; a launch of a subject whose namespace is not known is left to gateway.record_launch too.
create or replace function gateway.record_known_launches(
    p_district integer, p_nonces uuid[], p_nonces_expire timestamptz[], p_launches uuid[], p_registrations integer[], p_message_types text[], p_roles text[],
    p_subjects uuid[], p_sis uuid[], p_legacy uuid[], p_at timestamptz[])
  returns table (launch_id uuid, learner_id bigint, recorded boolean)
  -- However small the tables were when a plan was made: by index.
  language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_day date;
  v_learner bigint;
  v_other bigint;
  v_dated boolean;
begin
  perform set_config('gateway.district', p_district::text, true);
  for n in 1 .. cardinality(p_launches) loop
    v_day := (p_at[n] at time zone 'utc')::date;
    select l.id, l.last_launch is not distinct from v_day and l.last_seen >= v_day into v_learner, v_dated
      from gateway.learner_identity i join gateway.learner l on l.id = i.learner_id
      where i.district_id = p_district and i.kind = 1 and i.hash = p_subjects[n] and i.registration_id is not null
        and (l.on_roster or l.role = p_roles[n]);
    continue when not found;

    if p_sis[n] is not null then
      select i.learner_id into v_other from gateway.learner_identity i
        where i.district_id = p_district and i.kind = 2 and i.hash = p_sis[n];
      continue when v_other is distinct from v_learner;
    end if;
    if p_legacy[n] is not null then
      select i.learner_id into v_other from gateway.learner_identity i
        where i.district_id = p_district and i.kind = 3 and i.hash = p_legacy[n];
      continue when v_other is distinct from v_learner;
    end if;

    if not v_dated then
      perform from gateway.learner l where l.id = v_learner for no key update skip locked;
      continue when not found;
    end if;

    launch_id := p_launches[n];
    learner_id := v_learner;
    insert into gateway.spent_value (id, district_id, expires_at) values (p_nonces[n], p_district, p_nonces_expire[n]) on conflict do nothing;
    recorded := found;
    if recorded then
      if not v_dated then
        update gateway.learner l set last_seen = greatest(l.last_seen, v_day), last_launch = v_day where l.id = v_learner;
      end if;
      insert into gateway.launch (id, district_id, learner_id, registration_id, message_type, launched_at)
        values (p_launches[n], p_district, v_learner, p_registrations[n], p_message_types[n], p_at[n]);
    end if;
    return next;
  end loop;
end $$;
