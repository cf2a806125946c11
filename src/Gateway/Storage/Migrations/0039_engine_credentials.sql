-- Engines have several credentials, can be suspended, and are removed without leaving what they knew behind.

create table gateway.engine_credential (
  id          bigint generated always as identity primary key, -- never used again: access tokens name the credential that they were given for
  client_id   text not null references gateway.engine_client on delete cascade,
  secret_hash bytea,
  jwks_url    text,
  created_at  timestamptz not null,
  check (num_nonnulls(secret_hash, jwks_url) = 1)
);
create index engine_credential_client on gateway.engine_credential (client_id);
create unique index engine_credential_jwks on gateway.engine_credential (client_id) where jwks_url is not null;

insert into gateway.engine_credential (client_id, secret_hash, jwks_url, created_at)
select c.id, c.secret_hash, c.jwks_url, c.created_at from gateway.engine_client c order by c.created_at, c.id;

-- The credential columns stay for replicas of the version before, which know one credential; they are emptied with the first change. The row
-- of an engine that was removed stays too: its id is never given again, and what districts gave to it can be read back.
alter table gateway.engine_client
  drop constraint engine_client_check,
  drop constraint engine_client_one_credential,
  add column suspended_at timestamptz,
  add column removed_at timestamptz;

-- As before, without engines that were removed.
create or replace function gateway.engine_districts(p_client_id text)
  returns table (id integer, slug text, name text, time_zone text, version integer, fields text[], role_words jsonb, grade_words jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select d.id, d.slug, d.name, d.time_zone, coalesce(m.version, 0), coalesce(m.fields, array['role']), coalesce(m.role_words, '{}'), coalesce(m.grade_words, '{}')
  from gateway.district d
  left join lateral (
    select * from gateway.engine_mapping m where m.district_id = d.id and m.client_id = p_client_id order by m.version desc limit 1) m on true
  where coalesce(m.enabled, d.engine_client_id = p_client_id,
                 (select count(*) = 1 and bool_and(c.id = p_client_id) from gateway.engine_client c where c.removed_at is null))
    and not exists (select from gateway.engine_client r where r.id = p_client_id and r.removed_at is not null)
  order by d.slug
$$;

-- As before; nothing is made or sent for an engine that is suspended.
create or replace function gateway.unannounced_feeds() returns table (district_id integer, client_id text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select d.id, w.client_id
  from gateway.engine_webhook w
  cross join lateral gateway.engine_districts(w.client_id) d
  join gateway.feed_position f on f.district_id = d.id
  left join gateway.webhook_position p on p.district_id = d.id and p.client_id = w.client_id
  where w.disabled_at is null
    and exists (select from gateway.engine_client c where c.id = w.client_id and c.suspended_at is null)
    and exists (select from gateway.engine_agreement a where a.client_id = w.client_id)
    and f.last_sequence > coalesce(p.announced, 0)
$$;

create or replace function gateway.due_webhooks(p_now timestamptz, p_each integer) returns table (id uuid, district_id integer, client_id text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select due.id, due.district_id, w.client_id
  from gateway.engine_webhook w
  cross join lateral (
    select e.id, e.district_id, e.next_attempt_at, row_number() over (order by e.next_attempt_at, e.id) as turn
    from gateway.webhook_event e
    where e.client_id = w.client_id and e.state = 'pending' and e.next_attempt_at <= p_now
    order by e.next_attempt_at, e.id limit p_each) due
  where w.disabled_at is null
    and exists (select from gateway.engine_client c where c.id = w.client_id and c.suspended_at is null)
    and exists (select from gateway.engine_agreement a where a.client_id = w.client_id)
  order by due.turn, due.next_attempt_at
$$;

-- Suspends an engine, or takes it into use again. Its scores that wait are not sent in between. False: it was so already, or is not there.
create function gateway.suspend_engine(p_client_id text, p_suspend boolean, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_held constant timestamptz := '9999-01-01T00:00:00Z';
begin
  update gateway.engine_client c set suspended_at = case when p_suspend then p_now end
  where c.id = p_client_id and c.removed_at is null and (c.suspended_at is null) = p_suspend;
  if not found then return false; end if;
  if p_suspend then
    update gateway.score_delivery s set next_attempt_at = v_held where s.client_id = p_client_id and s.state = 'pending';
  else
    update gateway.score_delivery s set next_attempt_at = p_now where s.client_id = p_client_id and s.state = 'pending' and s.next_attempt_at >= v_held;
  end if;
  return true;
end $$;

-- A score that comes in, or whose try ends, while its engine is being suspended waits too.
create function gateway.hold_scores_of_suspended() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from gateway.engine_client c where c.id = new.client_id and c.suspended_at is not null) then
    new.next_attempt_at := '9999-01-01T00:00:00Z';
  end if;
  return new;
end $$;
create trigger score_delivery_suspended before insert or update of next_attempt_at on gateway.score_delivery
  for each row when (new.state = 'pending') execute function gateway.hold_scores_of_suspended();

-- What an engine has in each district where it has anything: whether people are handed over to it and whether it is given anything, both
-- also without a decision on record; scores that wait; erasures that it has not confirmed.
create function gateway.engine_use(p_client_id text)
  returns table (district_id integer, slug text, launches boolean, gives boolean, scores bigint, erasures bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select * from (
    select d.id, d.slug, coalesce(d.engine_client_id = p_client_id, (select count(*) = 1 and bool_and(c.id = p_client_id) from gateway.engine_client c where c.removed_at is null)) as launches,
           exists (select from gateway.engine_districts(p_client_id) e where e.id = d.id) as gives,
           (select count(*) from gateway.score_delivery s where s.district_id = d.id and s.client_id = p_client_id and s.state = 'pending') as scores,
           (select count(*) from gateway.erasure_engine e where e.district_id = d.id and e.client_id = p_client_id and e.acknowledged_at is null) as erasures
    from gateway.district d) used
  where used.launches or used.gives or used.scores > 0 or used.erasures > 0
  order by used.slug
$$;

-- Removes an engine that no district gives anything any more (false: one does). Credentials, webhook, events and the key that its ids of
-- students are made with are deleted; scores that wait are given up; erasures need its confirmation no more. A district that names no
-- engine keeps this one's id: the engine that is left does not become its own without a decision.
create function gateway.remove_engine(p_client_id text, p_now timestamptz, p_score_code text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform from gateway.engine_client c where c.id = p_client_id and c.removed_at is null for update;
  if not found then return false; end if;
  if exists (select from (select distinct on (m.district_id) m.enabled from gateway.engine_mapping m
                          where m.client_id = p_client_id order by m.district_id, m.version desc) now where now.enabled) then
    return false;
  end if;
  if (select count(*) <= 2 from gateway.engine_client c where c.removed_at is null) then
    update gateway.district d set engine_client_id = p_client_id where d.engine_client_id is null;
  end if;
  update gateway.score_delivery s set state = 'parked', code = p_score_code, finished_at = p_now where s.client_id = p_client_id and s.state = 'pending';
  delete from gateway.erasure_engine e where e.client_id = p_client_id and e.acknowledged_at is null;
  update gateway.erasure r set learner_id = null
  where r.learner_id is not null and not exists (select from gateway.erasure_engine e where e.erasure_id = r.id and e.acknowledged_at is null);
  delete from gateway.engine_webhook w where w.client_id = p_client_id;
  delete from gateway.engine_credential k where k.client_id = p_client_id;
  update gateway.engine_client c
  set removed_at = p_now, suspended_at = coalesce(c.suspended_at, p_now), secret_hash = null, jwks_url = null, sealed_id_key = ''
  where c.id = p_client_id;
  return true;
end $$;

-- An engine that was removed confirms nothing: no erasure waits for it.
create function gateway.skip_removed_engines() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from gateway.engine_client c where c.id = new.client_id and c.removed_at is not null) then
    return null;
  end if;
  return new;
end $$;
create trigger erasure_engine_removed before insert on gateway.erasure_engine for each row execute function gateway.skip_removed_engines();
