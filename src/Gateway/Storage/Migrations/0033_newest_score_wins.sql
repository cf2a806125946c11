-- Of several scores of one learner and column (a lane) only the newest is sent (docs/adr/0048).

alter table gateway.score_delivery
  -- Which score of a lane is the newest: a final grade before one that is not, then the engine's own time, or the acceptance.
  add column graded boolean not null default true,
  add column stated_at timestamptz not null default now(),
  -- From when its tries count: accepted, or handed in again by a person.
  add column offered_at timestamptz not null default now(),
  -- When the platform may have taken it last; infinity: a try is under way; null: it cannot have.
  add column sent_at timestamptz,
  -- A try began, and no answer of the platform to it is known.
  add column unanswered boolean not null default false,
  -- The platform called it outdated although it cannot have it: it is sent once more, with the time of that try.
  add column resent boolean not null default false,
  drop constraint score_delivery_state_check,
  add constraint score_delivery_state_check check (state in ('pending', 'delivered', 'parked', 'superseded')),
  drop constraint score_delivery_check1,
  add constraint score_delivery_content_check check (state not in ('delivered', 'superseded') or sealed_score is null);

update gateway.score_delivery
set stated_at = accepted_at, offered_at = accepted_at, sent_at = case when state = 'delivered' then finished_at end,
    unanswered = state = 'pending' and attempts > 0;

drop index gateway.score_delivery_pending;
create index score_delivery_pending on gateway.score_delivery (registration_id, next_attempt_at) where state = 'pending';
create index score_delivery_throttled on gateway.score_delivery (registration_id, next_attempt_at)
  where state = 'pending' and code in ('lti.score_throttled', 'lti.token_throttled');
drop index gateway.score_delivery_lane;
create index score_delivery_lane on gateway.score_delivery (district_id, lane);
create index score_delivery_parked on gateway.score_delivery (district_id, finished_at) where state = 'parked';

-- Replicas of the version before would send the oldest one first: they find nothing due any more.
create or replace function gateway.due_scores(p_now timestamptz, p_limit integer)
  returns table (id uuid, district_id integer)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select null::uuid, null::integer where false
$$;

-- Which lanes are due, and whose? Of each platform so many, the platforms' first ones first, so that one that takes nothing holds up
-- its own scores alone. A platform that asked to be left alone is, but for scores whose week is over.
create function gateway.due_lanes(p_now timestamptz, p_week timestamptz, p_each integer)
  returns table (lane uuid, district_id integer, registration_id integer)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  with recursive platform (id) as (
    (select s.registration_id from gateway.score_delivery s where s.state = 'pending' order by s.registration_id limit 1)
    union all
    select (select s.registration_id from gateway.score_delivery s
            where s.state = 'pending' and s.registration_id > p.id order by s.registration_id limit 1)
    from platform p where p.id is not null),
  resting (id, rests) as (
    select p.id, exists (select from gateway.score_delivery w
                         where w.registration_id = p.id and w.state = 'pending' and w.code in ('lti.score_throttled', 'lti.token_throttled')
                           and w.next_attempt_at > p_now)
    from platform p where p.id is not null)
  select due.lane, due.district_id, r.id
  from resting r
  cross join lateral (
    select s.lane, s.district_id, s.next_attempt_at, row_number() over (order by s.next_attempt_at, s.ordinal) as turn
    from gateway.score_delivery s
    where s.registration_id = r.id and s.state = 'pending' and s.next_attempt_at <= p_now
      and (not r.rests or s.offered_at <= p_week)
      and not exists (select from gateway.score_delivery n
                      where n.district_id = s.district_id and n.lane = s.lane and n.state = 'pending'
                        and (n.graded, n.stated_at, n.ordinal) > (s.graded, s.stated_at, s.ordinal))
    order by s.next_attempt_at, s.ordinal limit p_each) due
  order by due.turn, due.next_attempt_at
$$;

-- A score of one engine, whichever district it belongs to; the engine knows its id and nothing else.
drop function gateway.find_score(text, uuid);
create function gateway.find_score(p_client_id text, p_id uuid)
  returns table (id uuid, state text, code text, accepted_at timestamptz, finished_at timestamptz, platform_status integer, platform_reason text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select s.id, s.state, s.code, s.accepted_at, s.finished_at, s.platform_status, s.platform_reason
  from gateway.score_delivery s where s.id = p_id and s.client_id = p_client_id
$$;
