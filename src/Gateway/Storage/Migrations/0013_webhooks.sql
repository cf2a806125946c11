-- Webhooks: where an engine wants to be told that there is something to fetch, up to where it was told, and the events on their way.
-- An event names a type and a district, and nobody.

create table gateway.engine_webhook (
  client_id              text primary key references gateway.engine_client on delete cascade,
  url                    text not null,
  sealed_secret          bytea not null,
  sealed_previous_secret bytea,                 -- signs too, until previous_until
  previous_until         timestamptz,
  disabled_at            timestamptz,           -- the receiver said that it is gone: nothing is made or sent until a person enables it
  disabled_code          text,
  created_at             timestamptz not null,
  check ((sealed_previous_secret is null) = (previous_until is null)),
  check ((disabled_at is null) = (disabled_code is null))
);

-- The feed's number up to which events were made for an engine; no row: none yet.
create table gateway.webhook_position (
  district_id integer not null references gateway.district on delete cascade,
  client_id   text not null references gateway.engine_webhook on delete cascade,
  announced   bigint not null,
  primary key (district_id, client_id)
);

create table gateway.webhook_event (
  id              uuid primary key,             -- the webhook-id, the same for each try
  district_id     integer not null references gateway.district on delete cascade,
  client_id       text not null references gateway.engine_webhook on delete cascade,
  type            text not null check (type in ('roster.changed')),
  created_at      timestamptz not null,
  state           text not null check (state in ('pending', 'delivered', 'dead')),
  offered_at      timestamptz not null,         -- from when its tries count: made, or made due anew by a person
  attempts        integer not null default 0,   -- since then
  sending         boolean not null default false, -- a try began and its end was not written yet
  next_attempt_at timestamptz not null,
  finished_at     timestamptz,
  last_status     integer,
  code            text,
  check ((state = 'pending') = (finished_at is null))
);
create index webhook_event_due on gateway.webhook_event (client_id, next_attempt_at) where state = 'pending';
create index webhook_event_district on gateway.webhook_event (district_id, client_id, state);
create index webhook_event_finished on gateway.webhook_event (finished_at) where finished_at is not null;

do $$
declare t text;
begin
  foreach t in array array['webhook_position', 'webhook_event'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

-- A new webhook begins at the present end of the feeds that its engine sees; feeds that it comes to see later begin with an event.
create function gateway.begin_webhook(p_client_id text) returns void
  language sql volatile security definer set search_path = pg_catalog
as $$
  insert into gateway.webhook_position (district_id, client_id, announced)
  select f.district_id, p_client_id, f.last_sequence
  from gateway.engine_districts(p_client_id) d join gateway.feed_position f on f.district_id = d.id
$$;

-- Which engine is to be told of which district: its feed is past what was announced. P-5.4: nothing without a data agreement.
create function gateway.unannounced_feeds() returns table (district_id integer, client_id text)
  language sql stable security definer set search_path = pg_catalog
as $$
  select d.id, w.client_id
  from gateway.engine_webhook w
  cross join lateral gateway.engine_districts(w.client_id) d
  join gateway.feed_position f on f.district_id = d.id
  left join gateway.webhook_position p on p.district_id = d.id and p.client_id = w.client_id
  where w.disabled_at is null
    and exists (select from gateway.engine_agreement a where a.client_id = w.client_id)
    and f.last_sequence > coalesce(p.announced, 0)
$$;

-- Which events may be tried now: of each engine so many, the engines' first ones first.
create function gateway.due_webhooks(p_now timestamptz, p_each integer) returns table (id uuid, district_id integer, client_id text)
  language sql stable security definer set search_path = pg_catalog
as $$
  select due.id, due.district_id, w.client_id
  from gateway.engine_webhook w
  cross join lateral (
    select e.id, e.district_id, e.next_attempt_at, row_number() over (order by e.next_attempt_at, e.id) as turn
    from gateway.webhook_event e
    where e.client_id = w.client_id and e.state = 'pending' and e.next_attempt_at <= p_now
    order by e.next_attempt_at, e.id limit p_each) due
  where w.disabled_at is null and exists (select from gateway.engine_agreement a where a.client_id = w.client_id)
  order by due.turn, due.next_attempt_at
$$;

-- Makes events of an engine due anew, with a day of tries before them: one, those in a state, those made since then.
create function gateway.replay_webhooks(p_client_id text, p_id uuid, p_state text, p_since timestamptz, p_now timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog
as $$
  with due as (
    update gateway.webhook_event e
    set state = 'pending', attempts = 0, offered_at = p_now, next_attempt_at = p_now, finished_at = null
    where e.client_id = p_client_id and (p_id is null or e.id = p_id) and (p_state is null or e.state = p_state)
      and (p_since is null or e.created_at >= p_since)
    returning 1)
  select count(*) from due
$$;

-- An engine's events, the newest first; p_state null: in any state.
create function gateway.webhook_events(p_client_id text, p_state text, p_limit integer)
  returns table (id uuid, district text, type text, created_at timestamptz, state text, attempts integer, next_attempt_at timestamptz,
                 finished_at timestamptz, last_status integer, code text)
  language sql stable security definer set search_path = pg_catalog
as $$
  select e.id, d.slug, e.type, e.created_at, e.state, e.attempts, e.next_attempt_at, e.finished_at, e.last_status, e.code
  from gateway.webhook_event e join gateway.district d on d.id = e.district_id
  where e.client_id = p_client_id and (p_state is null or e.state = p_state)
  order by e.created_at desc, e.id desc limit p_limit
$$;

-- How many events of an engine are in which state.
create function gateway.webhook_counts(p_client_id text) returns table (state text, events bigint)
  language sql stable security definer set search_path = pg_catalog
as $$
  select e.state, count(*) from gateway.webhook_event e where e.client_id = p_client_id group by e.state
$$;

-- Delivered events go after 30 days, others after 90; those that never finished wait for a receiver that is gone. A previous secret goes
-- when it signs no more.
create function gateway.purge_webhooks(p_now timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog
as $$
  with gone as (
    delete from gateway.webhook_event e
    where e.finished_at < p_now - interval '30 days' and (e.state = 'delivered' or e.finished_at < p_now - interval '90 days')
    returning 1),
  held as (
    delete from gateway.webhook_event e using gateway.engine_webhook w
    where w.client_id = e.client_id and w.disabled_at is not null and e.state = 'pending' and e.created_at < p_now - interval '90 days'
    returning 1),
  expired as (
    update gateway.engine_webhook w set sealed_previous_secret = null, previous_until = null where w.previous_until < p_now returning 1)
  select (select count(*) from gone) + (select count(*) from held) + (select count(*) from expired)
$$;
