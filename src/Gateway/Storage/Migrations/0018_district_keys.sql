-- A district's key in versions, each with a share outside of the database.

alter table gateway.district_key
  add column share       uuid,                                    -- names a file; null: sealed under the master key alone
  add column active_from timestamptz not null default '-infinity'; -- until then every replica has come to know it
alter table gateway.district_key alter column active_from drop default;

alter table gateway.school add column key_version smallint not null default 1;
alter table gateway.term add column key_version smallint not null default 1;
alter table gateway.class add column key_version smallint not null default 1;
alter table gateway.school alter column key_version drop default;
alter table gateway.term alter column key_version drop default;
alter table gateway.class alter column key_version drop default;

-- P-1.2: whoever launches is found, or refused (P-3.5), under another version of the key, and from now on under the version in force.
create function gateway.rekey_people(p_kinds smallint[], p_others uuid[], p_hashes uuid[], p_version smallint, p_at timestamptz) returns void
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_district integer := gateway.current_district();
  v_twice record;
begin
  -- Whoever has both already became two.
  for v_twice in
    select least(o.learner_id, n.learner_id) as keep, greatest(o.learner_id, n.learner_id) as drop, o.kind, o.hash
    from unnest(p_kinds, p_others, p_hashes) as r (kind, other, hash)
    join gateway.learner_identity o on o.district_id = v_district and o.kind = r.kind and o.hash = r.other
    join gateway.learner_identity n on n.district_id = v_district and n.kind = r.kind and n.hash = r.hash
  loop
    delete from gateway.learner_identity i where i.district_id = v_district and i.kind = v_twice.kind and i.hash = v_twice.hash;
    if v_twice.keep <> v_twice.drop then
      perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
      perform gateway.merge_learners(v_twice.keep, v_twice.drop, p_at);
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

-- The shares that must be there, of whichever district: asked when a gateway starts.
create function gateway.key_shares() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
as $$
  select k.share from gateway.district_key k where k.share is not null
$$;
