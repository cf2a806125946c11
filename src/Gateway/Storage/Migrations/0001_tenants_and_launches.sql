-- Tenants, keys, registrations, learners, launches, score deliveries and the change feed.
-- What the gateway's unprivileged role may do stands in grants.sql.

create schema if not exists gateway;

-- The district of the current transaction; null (so: no row at all) when nobody set it.
create function gateway.current_district() returns integer
  language sql stable parallel safe
  return nullif(current_setting('gateway.district', true), '')::integer;

-- ---------------------------------------------------------------------------------------------------------------
-- Gateway-wide: the directory of tenants, the gateway's own keys, the engines. No row here is about a person,
-- but for the adult who accepted an engine's data agreement.

create table gateway.engine_client (
  id                 text primary key check (id ~ '^[A-Za-z0-9._-]{1,100}$'),
  initiate_login_uri text not null,
  redirect_uris      text[] not null,
  secret_hash        bytea,
  jwks_url           text,
  sealed_id_key      bytea not null,
  created_at         timestamptz not null,
  check (secret_hash is not null or jwks_url is not null)
);

create table gateway.engine_agreement (
  client_id   text not null references gateway.engine_client on delete cascade,
  version     text not null,
  accepted_by text not null,
  accepted_at timestamptz not null,
  primary key (client_id, version)
);

create table gateway.district (
  id               integer generated always as identity primary key,
  slug             text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name             text not null,
  time_zone        text not null,
  contract_end     date,
  engine_client_id text references gateway.engine_client,
  created_at       timestamptz not null
);

create table gateway.signing_key (
  kid                text primary key,
  purpose            text not null check (purpose in ('lti', 'openid')),
  algorithm          text not null,
  sealed_private_key bytea not null,
  created_at         timestamptz not null,
  retired_at         timestamptz
);
-- One key in use for each purpose, also when two replicas make the first one at the same time.
create unique index signing_key_in_use on gateway.signing_key (purpose) where retired_at is null;

create table gateway.data_protection_key (
  id         integer generated always as identity primary key,
  sealed_xml bytea not null,
  created_at timestamptz not null
);

-- ---------------------------------------------------------------------------------------------------------------
-- Belonging to a district: every table below has row-level security.

create table gateway.district_key (
  district_id integer not null references gateway.district on delete cascade,
  version     smallint not null,
  sealed_key  bytea not null,
  created_at  timestamptz not null,
  primary key (district_id, version)
);

create table gateway.registration (
  id                     integer generated always as identity primary key,
  district_id            integer not null references gateway.district on delete cascade,
  kind                   text not null check (kind in ('canvas', 'schoology', 'moodle', 'other')),
  issuer                 text not null,
  client_id              text not null,
  authorization_endpoint text not null,
  token_endpoint         text not null,
  jwks_uri               text not null,
  namespace              text not null,
  learns_deployments     boolean not null,
  created_at             timestamptz not null,
  unique (issuer, client_id)
);
create index registration_district on gateway.registration (district_id);

create table gateway.deployment (
  district_id     integer not null references gateway.district on delete cascade,
  registration_id integer not null references gateway.registration on delete cascade,
  deployment_id   text not null,
  created_at      timestamptz not null,
  primary key (registration_id, deployment_id)
);

-- A learner is whoever launches or is on a roster, teachers included. Nothing here says who it is.
create table gateway.learner (
  id           bigint generated always as identity primary key,
  district_id  integer not null references gateway.district on delete cascade,
  role         text not null check (role in ('student', 'teacher')),
  grades       text[],
  first_seen   date not null,
  last_seen    date not null,
  last_launch  date,
  roster_ended date,
  on_roster    boolean not null default false
);
create index learner_district on gateway.learner (district_id);

-- hash: the first 128 bits of HMAC-SHA-256 under the district's key (kind, namespace, identifier).
create table gateway.learner_identity (
  district_id integer not null references gateway.district on delete cascade,
  kind        smallint not null check (kind in (1, 2)),   -- 1: LTI subject, 2: SIS person
  hash        uuid not null,
  key_version smallint not null,
  learner_id  bigint not null references gateway.learner on delete cascade,
  primary key (district_id, kind, hash)
);
create index learner_identity_learner on gateway.learner_identity (learner_id);

create table gateway.launch (
  id              uuid primary key,
  district_id     integer not null references gateway.district on delete cascade,
  learner_id      bigint not null references gateway.learner on delete cascade,
  registration_id integer not null references gateway.registration on delete cascade,
  message_type    text not null,
  launched_at     timestamptz not null
);
create index launch_learner on gateway.launch (learner_id);
create index launch_launched_at on gateway.launch (launched_at);

-- The one place where something is used once: nonces, authorization codes, client assertions.
create table gateway.spent_value (
  id          uuid primary key,
  district_id integer not null references gateway.district on delete cascade,
  expires_at  timestamptz not null
);

-- The outbox of scores. The sealed ticket and the score are erased on delivery; what stays says that it happened.
create table gateway.score_delivery (
  id               uuid primary key,
  district_id      integer not null references gateway.district on delete cascade,
  client_id        text not null references gateway.engine_client,
  idempotency_hash uuid not null,
  content_hash     uuid not null,
  learner_id       bigint not null references gateway.learner on delete cascade,
  registration_id  integer not null references gateway.registration on delete cascade,
  lane             uuid not null,
  ordinal          bigint generated always as identity,
  sealed_score     bytea,
  state            text not null check (state in ('pending', 'delivered', 'parked')),
  attempts         integer not null default 0,
  next_attempt_at  timestamptz not null,
  accepted_at      timestamptz not null,
  finished_at      timestamptz,
  code             text,
  platform_status  integer,
  platform_reason  text,
  check (state = 'pending' or finished_at is not null),
  check (state <> 'delivered' or sealed_score is null),
  unique (district_id, client_id, idempotency_hash)
);
create index score_delivery_pending on gateway.score_delivery (next_attempt_at) where state = 'pending';
create index score_delivery_lane on gateway.score_delivery (district_id, lane, ordinal) where state = 'pending';
create index score_delivery_learner on gateway.score_delivery (learner_id);

-- The change feed: its sequence is per district and in commit order, because taking the next number holds
-- the district's row of feed_position until the transaction ends.
create table gateway.feed_position (
  district_id   integer primary key references gateway.district on delete cascade,
  last_sequence bigint not null default 0
);

create table gateway.change (
  district_id integer not null references gateway.district on delete cascade,
  sequence    bigint not null,
  entity      text not null check (entity in ('learner', 'school', 'class', 'enrollment')),
  entity_id   bigint not null,
  other_id    bigint,
  kind        text not null check (kind in ('added', 'changed', 'ended', 'merged')),
  changed_at  timestamptz not null,
  primary key (district_id, sequence)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Row-level security.

do $$
declare t text;
begin
  foreach t in array array['district_key', 'registration', 'deployment', 'learner', 'learner_identity', 'launch',
                           'spent_value', 'score_delivery', 'feed_position', 'change'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The few narrow doors through the tenants' wall. Each runs as the owner and answers one question.

-- Whose registration is it? Asked before the district is known: at login by issuer and client (two rows are enough to see that
-- an issuer alone is ambiguous), later by number.
create function gateway.find_registrations(p_issuer text, p_client_id text, p_id integer)
  returns table (id integer, district_id integer, issuer text, client_id text, authorization_endpoint text, token_endpoint text,
                 jwks_uri text, namespace text, learns_deployments boolean, deployment_ids text[])
  language plpgsql stable security definer set search_path = pg_catalog
as $$
declare found_ids integer[];
begin
  if p_id is not null then
    found_ids := array[p_id];
  elsif p_client_id is not null then
    found_ids := array(select r.id from gateway.registration r where r.issuer = p_issuer and r.client_id = p_client_id);
  else
    found_ids := array(select r.id from gateway.registration r where r.issuer = p_issuer limit 2);
  end if;
  return query
    select r.id, r.district_id, r.issuer, r.client_id, r.authorization_endpoint, r.token_endpoint, r.jwks_uri, r.namespace,
           r.learns_deployments, array(select d.deployment_id from gateway.deployment d where d.registration_id = r.id)
    from gateway.registration r where r.id = any (found_ids);
end $$;

-- Which scores are due, and whose? Only the oldest pending one of each lane may go, so that order is kept.
create function gateway.due_scores(p_now timestamptz, p_limit integer)
  returns table (id uuid, district_id integer)
  language sql stable security definer set search_path = pg_catalog
as $$
  select s.id, s.district_id
  from gateway.score_delivery s
  where s.state = 'pending' and s.next_attempt_at <= p_now
    and not exists (select 1 from gateway.score_delivery e
                    where e.state = 'pending' and e.district_id = s.district_id and e.lane = s.lane and e.ordinal < s.ordinal)
  order by s.next_attempt_at
  limit p_limit
$$;

-- A score of one engine, whichever district it belongs to; the engine knows its id and nothing else.
create function gateway.find_score(p_client_id text, p_id uuid)
  returns table (id uuid, state text, code text, accepted_at timestamptz, finished_at timestamptz)
  language sql stable security definer set search_path = pg_catalog
as $$
  select s.id, s.state, s.code, s.accepted_at, s.finished_at
  from gateway.score_delivery s where s.id = p_id and s.client_id = p_client_id
$$;

-- P-2.7: what has expired is gone.
create function gateway.purge_expired(p_now timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog
as $$
  with gone as (delete from gateway.spent_value where expires_at < p_now returning 1)
  select count(*) from gone
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- The feed's writer.
create function gateway.append_change(p_district integer, p_entity text, p_entity_id bigint, p_other_id bigint, p_kind text, p_at timestamptz)
  returns void language plpgsql set search_path = pg_catalog
as $$
declare next bigint;
begin
  insert into gateway.feed_position as f (district_id, last_sequence) values (p_district, 1)
    on conflict (district_id) do update set last_sequence = f.last_sequence + 1
    returning last_sequence into next;
  insert into gateway.change (district_id, sequence, entity, entity_id, other_id, kind, changed_at)
    values (p_district, next, p_entity, p_entity_id, p_other_id, p_kind, p_at);
end $$;
