-- Who is told of a score that was parked: its engine by a webhook, the district by a mail a day.

alter table gateway.webhook_event
  drop constraint webhook_event_type_check,
  add constraint webhook_event_type_check check (type in ('roster.changed', 'learner.erased', 'score.parked')),
  -- Of score.parked: which score, and why. The event goes when the score does.
  add column score_id uuid references gateway.score_delivery on delete cascade,
  add column score_code text,
  add constraint webhook_event_score_check check ((type = 'score.parked') = (score_id is not null) and (score_id is null) = (score_code is null));
create index webhook_event_score on gateway.webhook_event (score_id) where score_id is not null;

alter table gateway.roster_alert
  drop constraint roster_alert_kind_check,
  add constraint roster_alert_kind_check check (kind in ('failed', 'waiting', 'overdue', 'digest', 'incident', 'policy', 'conflicts', 'scores'));

-- How many scores were parked with which code since a district's administrator was told of such; only where somebody can be told, from
-- seven in the morning of the district's clock, and once on its day. A minute is left to those whose transaction is under way while a mail
-- is written: the next mail tells of them.
create function gateway.untold_parked_scores(p_now timestamptz)
  returns table (district_id integer, day date, code text, platform_status integer, scores bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select d.id, l.day, s.code, s.platform_status, count(*)
  from gateway.district d
  join gateway.district_contact c on c.district_id = d.id
  cross join lateral (select (p_now at time zone d.time_zone)::date as day, (p_now at time zone d.time_zone)::time as clock) l
  cross join lateral (select max(a.created_at) as told from gateway.roster_alert a where a.district_id = d.id and a.kind = 'scores') t
  join gateway.score_delivery s on s.district_id = d.id and s.state = 'parked'
    and s.finished_at > greatest(t.told, p_now - interval '30 days') - interval '1 minute' and s.finished_at <= p_now - interval '1 minute'
  where l.clock >= time '07:00'
    and not exists (select from gateway.roster_alert a where a.district_id = d.id and a.kind = 'scores' and a.event = l.day::text)
  group by d.id, l.day, s.code, s.platform_status
  order by d.id, count(*) desc, s.code, s.platform_status
$$;
