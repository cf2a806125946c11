-- The other ways in which learners become one, and how that is undone (docs/adr/0042).

-- As before, but a person under two versions of the key leads to the older learner, and the two become one only where the rule permits it:
-- each may have got another person's ids meanwhile.
create or replace function gateway.rekey_people(p_kinds smallint[], p_others uuid[], p_hashes uuid[], p_version smallint, p_at timestamptz) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_twice record;
  v_why text;
begin
  if exists (
    select from unnest(p_kinds, p_others, p_hashes) as r (kind, other, hash)
    join gateway.learner_identity o on o.district_id = v_district and o.kind = r.kind and o.hash = r.other
    join gateway.learner_identity n on n.district_id = v_district and n.kind = r.kind and n.hash = r.hash)
  then
    perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
  end if;
  for v_twice in
    select least(o.learner_id, n.learner_id) as keep, greatest(o.learner_id, n.learner_id) as drop, o.kind, o.hash as other, n.hash
    from unnest(p_kinds, p_others, p_hashes) as r (kind, other, hash)
    join gateway.learner_identity o on o.district_id = v_district and o.kind = r.kind and o.hash = r.other
    join gateway.learner_identity n on n.district_id = v_district and n.kind = r.kind and n.hash = r.hash
  loop
    delete from gateway.learner_identity i where i.district_id = v_district and i.kind = v_twice.kind and i.hash = v_twice.hash;
    continue when v_twice.keep = v_twice.drop;
    update gateway.learner_identity i set learner_id = v_twice.keep
      where i.district_id = v_district and i.kind = v_twice.kind and i.hash = v_twice.other;
    v_why := case when gateway.has_identity(v_twice.drop, 2::smallint) and gateway.has_identity(v_twice.keep, 2::smallint) and v_twice.kind <> 2 then 'sis_differs'
                  else gateway.join_conflict(v_twice.keep, v_twice.drop) end;
    -- One subject that is a teacher here and a student there is still one person, off the roster.
    if v_why is null or (v_why = 'role' and v_twice.kind = 1 and not gateway.subject_clash(v_twice.keep, v_twice.drop, null)
                         and not exists (select from gateway.learner l where l.id in (v_twice.keep, v_twice.drop) and l.on_roster)) then
      perform gateway.merge_learners(v_twice.keep, v_twice.drop, p_at);
    else
      perform gateway.note_conflict(null, v_twice.keep, v_twice.drop, v_why, v_day);
    end if;
  end loop;

  update gateway.learner_identity i set hash = r.hash, key_version = p_version
  from unnest(p_kinds, p_others, p_hashes) as r (kind, other, hash)
  where i.district_id = v_district and i.kind = r.kind and i.hash = r.other;

  with others as (
    delete from gateway.blocked_person b using unnest(p_kinds, p_others, p_hashes) as r (kind, other, hash)
    where b.district_id = v_district and b.kind = r.kind and b.hash = r.other
    returning b.kind, r.hash, b.block_id, b.blocked_at)
  insert into gateway.blocked_person (district_id, kind, hash, key_version, block_id, blocked_at)
  select v_district, kind, hash, p_version, block_id, blocked_at from others on conflict do nothing;
end $$;

-- Two learners whom a roster says to be one person. Answers whether they are one now; if not, that is noted.
create function gateway.join_same_person(p_keep bigint, p_drop bigint, p_at timestamptz) returns boolean
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare v_why text := gateway.join_conflict(p_keep, p_drop);
begin
  if v_why is null then
    perform gateway.join_learners(p_keep, p_drop, 'roster', null, p_at);
    return true;
  end if;
  perform gateway.note_conflict(null, p_keep, p_drop, v_why, (p_at at time zone 'utc')::date);
  return false;
end $$;

-- A launch had claimed this SIS id, for a teacher where the roster has a student or the other way round. The roster is the student
-- information system's own word: the id leads to a learner of its own from now on, and the claimant stays the person of the launch.
create function gateway.take_back_sis(p_learner bigint, p_hash uuid, p_role text, p_at timestamptz) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_day date := (p_at at time zone 'utc')::date;
  v_new bigint;
begin
  insert into gateway.learner (district_id, role, first_seen, last_seen) values (gateway.current_district(), p_role, v_day, v_day) returning id into v_new;
  update gateway.learner_identity i set learner_id = v_new
    where i.district_id = gateway.current_district() and i.kind = 2 and i.hash = p_hash and i.learner_id = p_learner;
  perform gateway.append_change(gateway.current_district(), 'learner', v_new, null, 'added', p_at);
  perform gateway.note_conflict(null, p_learner, v_new, 'role', v_day);
end $$;

-- Undoes a join: what moved then goes back to the learner that was dropped, under its old number, or to a new learner where a subject had
-- been attached; with it the launches and scores since then of its platforms, where no other account of theirs is left at the one that was
-- kept. The two stay apart until a person joins them. Answers the learner's number; null: there is no such join of the last 30 days. The
-- caller holds the district's learner lock.
create function gateway.split_learner(p_join bigint, p_at timestamptz) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_district integer := gateway.current_district();
  v_day date := (p_at at time zone 'utc')::date;
  v_join gateway.learner_join;
  v_new bigint;
  v_registrations integer[];
  v_all boolean;
begin
  select j.* into v_join from gateway.learner_join j
    where j.id = p_join and j.district_id = v_district and j.joined_at > p_at - interval '30 days' for update;
  if not found then return null; end if;

  v_new := coalesce(v_join.dropped_id, nextval('gateway.learner_id_seq'));
  insert into gateway.learner (id, district_id, role, grades, first_seen, last_seen, roster_ended) overriding system value
    select v_new, v_district, l.role, l.grades, v_join.first_seen, v_join.last_seen, l.roster_ended
    from gateway.learner l where l.id = v_join.kept_id;
  update gateway.learner_identity i set learner_id = v_new where i.learner_id = v_join.kept_id and i.id = any (v_join.identities);

  -- Since then: by the platforms whose subjects moved, as far as no other account of theirs stays.
  v_registrations := array(
    select r.id from gateway.registration r
    where r.district_id = v_district and not gateway.has_subject_of(v_join.kept_id, r.namespace)
      and exists (select from gateway.learner_identity i join gateway.registration m on m.id = i.registration_id
                  where i.learner_id = v_new and i.kind = 1 and m.namespace = r.namespace));
  v_all := not gateway.has_identity(v_join.kept_id, 1::smallint);
  update gateway.launch n set learner_id = v_new
    where n.learner_id = v_join.kept_id
      and (n.id = any (v_join.launches) or (n.launched_at >= v_join.joined_at and (v_all or n.registration_id = any (v_registrations))));
  update gateway.score_delivery s set learner_id = v_new
    where s.learner_id = v_join.kept_id
      and (s.id = any (v_join.scores) or (s.accepted_at >= v_join.joined_at and (v_all or s.registration_id = any (v_registrations))));

  -- Classes are the SIS ids'. Where both have one, those of then go back, and the next roster says better.
  if gateway.has_identity(v_new, 2::smallint) then
    update gateway.enrollment e set learner_id = v_new
      where e.learner_id = v_join.kept_id and (not gateway.has_identity(v_join.kept_id, 2::smallint) or e.class_id = any (v_join.classes));
  end if;
  update gateway.learner l
    set on_roster = now.on_roster,
        grades = case when now.on_roster then l.grades end,
        roster_ended = case when not now.on_roster and now.has_sis then l.roster_ended end,
        last_launch = now.last_launch,
        last_seen = greatest(l.last_seen, now.last_launch)
    from (
      select l.id, gateway.has_identity(l.id, 2::smallint) as has_sis,
             exists (select from gateway.enrollment e where e.learner_id = l.id and e.ended_on is null) as on_roster,
             (select (max(n.launched_at) at time zone 'utc')::date from gateway.launch n where n.learner_id = l.id) as last_launch
      from gateway.learner l where l.id in (v_new, v_join.kept_id)) now
    where l.id = now.id;

  -- What had become part of the one before that goes with it.
  update gateway.learner_join j set kept_id = v_new
    where j.kept_id = v_join.kept_id and j.id < p_join and j.identities <@ v_join.identities and j.identities <> '{}';
  delete from gateway.learner_join j where j.id = p_join;
  insert into gateway.learner_conflict (district_id, learner_id, other_id, reason, first_seen, last_seen, seen, told, audited)
    values (v_district, v_new, v_join.kept_id, 'split', v_day, v_day, 0, true, true);
  perform gateway.append_change(v_district, 'learner', v_new, v_join.kept_id, 'split', p_at);
  return v_new;
end $$;

-- As before, and with conflicts and joins; somebody who was part of the learner and is split from it is another person, who stays.
create or replace function gateway.erase_learner(p_learner bigint, p_erasure uuid, p_reason text, p_at timestamptz)
  returns table (kind text, gone bigint)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_district integer := gateway.current_district();
  v_counts jsonb := '{}';
  v_known bigint[];
  v_one bigint;
  v_rows bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
  perform from gateway.learner l where l.id = p_learner and l.district_id = v_district for update;
  if not found then return; end if;

  v_known := array(
    with recursive same (id) as (
      select p_learner
      union
      select c.entity_id from gateway.change c join same on c.other_id = same.id
      where c.district_id = v_district and c.entity = 'learner' and c.kind = 'merged'
        and not exists (select from gateway.learner l where l.id = c.entity_id))
    select id from same order by id);

  insert into gateway.erasure (id, district_id, learner_id, erased_at, reason, counts) values (p_erasure, v_district, p_learner, p_at, p_reason, '{}');
  insert into gateway.erasure_engine (erasure_id, district_id, client_id)
  select p_erasure, v_district, c.id from gateway.engine_client c
  where exists (select from gateway.engine_districts(c.id) e where e.id = v_district)
     or exists (select from gateway.engine_mapping m where m.district_id = v_district and m.client_id = c.id and m.enabled)
     or exists (select from gateway.score_delivery s where s.district_id = v_district and s.client_id = c.id and s.learner_id = p_learner);
  if not found then
    update gateway.erasure set learner_id = null where id = p_erasure;
  end if;
  insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at)
  select gen_random_uuid(), v_district, e.client_id, 'learner.erased', p_at, 'pending', p_at, p_at
  from gateway.erasure_engine e join gateway.engine_webhook w on w.client_id = e.client_id and w.disabled_at is null
  where e.erasure_id = p_erasure;

  delete from gateway.learner_conflict c where c.district_id = v_district and (c.learner_id = p_learner or c.other_id = p_learner);
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('learner_conflict', v_rows);
  delete from gateway.learner_join j where j.district_id = v_district and (j.kept_id = p_learner or j.dropped_id = any (v_known));
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('learner_join', v_rows);
  delete from gateway.score_delivery s where s.district_id = v_district and s.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('score_delivery', v_rows);
  delete from gateway.launch l where l.district_id = v_district and l.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('launch', v_rows);
  delete from gateway.enrollment n where n.district_id = v_district and n.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('enrollment', v_rows);
  delete from gateway.learner_identity i where i.district_id = v_district and i.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('learner_identity', v_rows);
  delete from gateway.change c
  where c.district_id = v_district
    and ((c.entity = 'learner' and (c.entity_id = any (v_known) or c.other_id = any (v_known))) or (c.entity = 'enrollment' and c.other_id = any (v_known)));
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('change', v_rows);
  delete from gateway.learner l where l.id = p_learner and l.district_id = v_district;
  v_counts := v_counts || jsonb_build_object('learner', 1);

  delete from gateway.roster_held h where h.district_id = v_district;
  update gateway.roster_run r set state = 'replaced' where r.district_id = v_district and r.state = 'waiting';
  foreach v_one in array v_known loop
    perform gateway.append_change(v_district, 'learner', v_one, null, 'erased', p_at);
  end loop;

  update gateway.erasure set counts = v_counts where id = p_erasure;
  return query select j.key, j.value::bigint from jsonb_each_text(v_counts) j order by j.key;
end $$;
