-- Launches of people who are known already, several at a time: what nearly every launch is.

-- A launch goes with its learner, and a spent value within minutes. Checking their district and registration in every launch would have
-- all launches of a district lock the same two rows, and write that they did.
alter table gateway.launch drop constraint launch_district_id_fkey, drop constraint launch_registration_id_fkey;
alter table gateway.spent_value drop constraint spent_value_district_id_fkey;

-- For each launch: its learner; recorded is false when its nonce was spent before. A launch that is not answered has touched
-- nothing and needs gateway.record_launch: its subject is new, its ids lead to different learners, its role has changed, or another
-- transaction is just changing its learner. So this never waits for a roster's switch, and no launch waits for another's lock.
-- Sets the district for itself and for what follows in the transaction. Runs as the caller: row-level security holds inside. A loop, because its statements' plans are kept: one statement over all
-- launches cost several times as much, nearly all of it to begin.
create function gateway.record_known_launches(
    p_district integer, p_nonces uuid[], p_nonces_expire timestamptz[], p_launches uuid[], p_registrations integer[], p_message_types text[], p_roles text[],
    p_subjects uuid[], p_sis uuid[], p_legacy uuid[], p_at timestamptz[])
  returns table (launch_id uuid, learner_id bigint, recorded boolean)
  -- However small the tables were when a plan was made: by index.
  language plpgsql set search_path = pg_catalog set enable_seqscan = off set plan_cache_mode = force_generic_plan
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
      where i.district_id = p_district and i.kind = 1 and i.hash = p_subjects[n] and (l.on_roster or l.role = p_roles[n]);
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
