-- What a launch does in the database: one statement, one commit.

-- Finds or makes the learner of a subject and, where the launch carried it, of a SIS person; makes one of two.
-- The caller holds the district's learner lock. The older learner survives: the engine has known it longest.
create function gateway.link_learner(p_subject uuid, p_sis uuid, p_role text, p_key_version smallint, p_at timestamptz)
  returns bigint
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_subject bigint;
  v_sis bigint;
  v_keep bigint;
  v_drop bigint;
begin
  select i.learner_id into v_subject from gateway.learner_identity i where i.district_id = v_district and i.kind = 1 and i.hash = p_subject;
  select i.learner_id into v_sis from gateway.learner_identity i where i.district_id = v_district and i.kind = 2 and i.hash = p_sis;

  v_keep := least(v_subject, v_sis);
  if v_keep is null then
    insert into gateway.learner (district_id, role, first_seen, last_seen, last_launch)
      values (v_district, p_role, v_day, v_day, v_day) returning id into v_keep;
    perform gateway.append_change(v_district, 'learner', v_keep, null, 'added', p_at);
  end if;

  if v_subject <> v_sis then
    v_drop := greatest(v_subject, v_sis);
    update gateway.learner_identity set learner_id = v_keep where learner_id = v_drop;
    update gateway.launch set learner_id = v_keep where learner_id = v_drop;
    update gateway.score_delivery set learner_id = v_keep where learner_id = v_drop;
    insert into gateway.enrollment (district_id, class_id, learner_id, role, starts_on, ends_on, ended_on)
      select district_id, class_id, v_keep, role, starts_on, ends_on, ended_on from gateway.enrollment where learner_id = v_drop
      on conflict do nothing;
    update gateway.learner k
      set role = case when d.on_roster then d.role else k.role end,
          grades = case when d.on_roster then d.grades else k.grades end,
          roster_ended = case when d.on_roster then d.roster_ended else k.roster_ended end,
          on_roster = k.on_roster or d.on_roster,
          first_seen = least(k.first_seen, d.first_seen),
          last_seen = greatest(k.last_seen, d.last_seen),
          last_launch = greatest(k.last_launch, d.last_launch)
      from gateway.learner d where k.id = v_keep and d.id = v_drop;
    delete from gateway.learner where id = v_drop;
    perform gateway.append_change(v_district, 'learner', v_drop, v_keep, 'merged', p_at);
  end if;

  insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
    select v_district, kind, hash, p_key_version, v_keep from (values (1::smallint, p_subject), (2::smallint, p_sis)) as i (kind, hash)
    where hash is not null
    on conflict do nothing;
  return v_keep;
end $$;

-- One launch, one statement, one commit: the nonce is spent, the learner found or made, the launch recorded.
-- Answers no row when the nonce was spent before. Runs as the caller: row-level security holds inside.
create function gateway.record_launch(
    p_nonce uuid, p_nonce_expires timestamptz, p_launch uuid, p_registration integer, p_deployment text,
    p_message_type text, p_role text, p_subject uuid, p_sis uuid, p_key_version smallint, p_at timestamptz)
  returns table (learner_id bigint)
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_subject bigint;
  v_sis bigint;
  v_learner bigint;
begin
  if v_district is null then
    raise exception 'no district is set' using errcode = 'insufficient_privilege';
  end if;

  insert into gateway.spent_value (id, district_id, expires_at) values (p_nonce, v_district, p_nonce_expires) on conflict do nothing;
  if not found then return; end if;

  if p_deployment is not null then
    insert into gateway.deployment (district_id, registration_id, deployment_id, created_at)
      values (v_district, p_registration, p_deployment, p_at) on conflict do nothing;
  end if;

  select i.learner_id into v_subject from gateway.learner_identity i where i.district_id = v_district and i.kind = 1 and i.hash = p_subject;
  if p_sis is not null then
    select i.learner_id into v_sis from gateway.learner_identity i where i.district_id = v_district and i.kind = 2 and i.hash = p_sis;
  end if;

  if v_subject is null or (p_sis is not null and v_sis is distinct from v_subject) then
    -- Rare: a first launch, or two records that turn out to be one person. One at a time per district.
    perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
    select gateway.link_learner(p_subject, p_sis, p_role, p_key_version, p_at) into v_learner;
  else
    v_learner := v_subject;
  end if;

  update gateway.learner l set last_seen = v_day, last_launch = v_day
    where l.id = v_learner and (l.last_launch is distinct from v_day or l.last_seen < v_day);
  -- Off the roster, what the platform says last is the role.
  update gateway.learner l set role = p_role
    where l.id = v_learner and not l.on_roster and l.role <> p_role;
  if found then
    perform gateway.append_change(v_district, 'learner', v_learner, null, 'changed', p_at);
  end if;

  insert into gateway.launch (id, district_id, learner_id, registration_id, message_type, launched_at)
    values (p_launch, v_district, v_learner, p_registration, p_message_type, p_at);
  return query select v_learner;
end $$;
