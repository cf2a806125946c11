-- The retention clock (P-2): what its rules ask by, and what only the owner may delete.

-- Rules ask for the oldest rows of one district.
create index launch_oldest on gateway.launch (district_id, launched_at);
drop index gateway.launch_launched_at;
create index score_delivery_oldest on gateway.score_delivery (district_id, accepted_at);

-- The day on which a roster was applied last: as long as a district tells who is in its classes, a student on the roster is active (P-2.1).
alter table gateway.district add column last_roster date;
update gateway.district d
  set last_roster = (select (max(r.finished_at) at time zone d.time_zone)::date from gateway.roster_run r
                     where r.district_id = d.id and r.state = 'applied' and not r.dry_run);

-- What the minute's rules deleted since the audit trail was told of it, which happens once a day (P-2.9).
create table gateway.retention_tally (
  rule text primary key,
  rows bigint not null
);

-- How many rows of a district whose contract is over are gone, by table; with the district's last row it becomes an entry of the audit trail.
create table gateway.district_closing (
  district_id integer not null references gateway.district on delete cascade,
  relation    text not null,
  rows        bigint not null,
  primary key (district_id, relation)
);
alter table gateway.district_closing enable row level security;
create policy district on gateway.district_closing using (district_id = (select gateway.current_district()));

-- ---------------------------------------------------------------------------------------------------------------
-- Deleting what belongs to the current district. Those that run as the caller are below row-level security.

-- The feed's writer for many at once; answers how many.
create function gateway.append_changes(p_entity text, p_ids bigint[], p_others bigint[], p_kind text, p_at timestamptz) returns bigint
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_count bigint := coalesce(cardinality(p_ids), 0);
  v_last bigint;
begin
  if v_count > 0 then
    insert into gateway.feed_position as f (district_id, last_sequence) values (gateway.current_district(), v_count)
      on conflict (district_id) do update set last_sequence = f.last_sequence + v_count
      returning last_sequence into v_last;
    insert into gateway.change (district_id, sequence, entity, entity_id, other_id, kind, changed_at)
      select gateway.current_district(), v_last - v_count + n, p_entity, id, other, p_kind, p_at
      from unnest(p_ids, p_others) with ordinality as row (id, other, n);
  end if;
  return v_count;
end $$;

-- Whether a class was over on a day: its last term ended, or it left the roster before that.
create function gateway.class_is_over(p_class gateway.class, p_day date) returns boolean
  language sql stable set search_path = pg_catalog
as $$
  select least(p_class.ended_on,
               (select max(t.ends_on) from gateway.term t where t.district_id = p_class.district_id and t.id = any (p_class.term_ids))) <= p_day
$$;

-- Deletes enrollments of classes that were over on a day. Whoever is in no class after that is off the roster. The caller holds the
-- district's learner lock.
create function gateway.delete_past_enrollments(p_day date, p_today date, p_at timestamptz, p_limit integer) returns bigint
  language plpgsql set search_path = pg_catalog
as $$
declare
  v_classes bigint[];
  v_learners bigint[];
  v_rows bigint;
begin
  with due as (
    select e.class_id, e.learner_id, e.role from gateway.enrollment e
    where e.class_id = any (array(select c.id from gateway.class c
                                  where c.district_id = gateway.current_district() and gateway.class_is_over(c, p_day)))
    limit p_limit),
  gone as (
    delete from gateway.enrollment e using due
    where e.class_id = due.class_id and e.learner_id = due.learner_id and e.role = due.role
    returning e.class_id, e.learner_id, e.ended_on is null as current)
  select array_agg(class_id) filter (where current), array_agg(learner_id) filter (where current), count(*)
    into v_classes, v_learners, v_rows from gone;
  perform gateway.append_changes('enrollment', v_classes, v_learners, 'ended', p_at);

  with unlinked as (
    update gateway.learner l set on_roster = false, roster_ended = p_today
    where l.id = any (v_learners) and l.on_roster
      and not exists (select from gateway.enrollment e where e.learner_id = l.id and e.ended_on is null)
    returning l.id)
  select array_agg(id) into v_learners from unlinked;
  perform gateway.append_changes('learner', v_learners, null, 'ended', p_at);
  return v_rows;
end $$;

-- Deletes changes that no cursor reaches any more, the oldest first: what goes is a prefix of the feed.
create function gateway.delete_changes(p_before timestamptz, p_limit integer) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  v_district integer := gateway.current_district();
  v_purged bigint;
  v_through bigint;
  v_rows bigint;
begin
  select f.purged_through into v_purged from gateway.feed_position f where f.district_id = v_district for update;
  select max(c.sequence) into v_through from gateway.change c
    where c.district_id = v_district and c.sequence > v_purged and c.changed_at < p_before;
  select least(v_through, max(oldest.sequence)) into v_through
    from (select c.sequence from gateway.change c
          where c.district_id = v_district and c.sequence > v_purged order by c.sequence limit p_limit) oldest;
  if v_through is null then return 0; end if;
  update gateway.feed_position f set purged_through = v_through where f.district_id = v_district;
  delete from gateway.change c where c.district_id = v_district and c.sequence <= v_through;
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The end of a district (P-2.8).

-- Deletes so many rows of the first table that has some of a district whose 30 days after the contract are over and whose key is gone;
-- answers how many, 0 when nothing but the district's own row is left. Whatever table belongs to a district is found, also one that came
-- later; children before parents as far as they are many, so that one transaction stays short. The audit trail and
-- certificates stay: they are about nobody.
create function gateway.delete_of_district(p_district integer, p_at timestamptz, p_limit integer) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  v_relation text;
  v_rows bigint;
begin
  if not exists (select from gateway.district d where d.id = p_district and d.contract_end + 30 < (p_at at time zone d.time_zone)::date)
     or exists (select from gateway.district_key k where k.district_id = p_district) then
    raise exception 'the district is not closed' using errcode = 'object_not_in_prerequisite_state';
  end if;
  for v_relation in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped
    where c.relnamespace = 'gateway'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> all (array['district_closing', 'audit_entry', 'audit_head', 'certificate'])
    order by array_position(array['score_delivery', 'launch', 'enrollment', 'learner_identity', 'change', 'learner', 'class', 'term', 'school',
                                  'roster_held', 'roster_finding', 'roster_run'], c.relname::text) nulls last, c.relname
  loop
    execute format('with gone as (delete from gateway.%1$I where ctid = any (array(select ctid from gateway.%1$I where district_id = $1 limit $2)) returning 1)
                    select count(*) from gone', v_relation) into v_rows using p_district, p_limit;
    if v_rows > 0 then
      insert into gateway.district_closing as done (district_id, relation, rows) values (p_district, v_relation, v_rows)
        on conflict (district_id, relation) do update set rows = done.rows + v_rows;
      return v_rows;
    end if;
  end loop;
  return 0;
end $$;

-- The last row, under the same conditions.
create function gateway.delete_district(p_district integer, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  if gateway.delete_of_district(p_district, p_at, 1) > 0 then
    raise exception 'the district is not empty' using errcode = 'object_not_in_prerequisite_state';
  end if;
  delete from gateway.district d where d.id = p_district;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What expires within minutes, of all districts and of the gateway itself (P-2.7). The gateway's own role deletes no key.

create function gateway.count_expired(p_rule text, p_at timestamptz) returns bigint
  language sql stable security definer set search_path = pg_catalog
as $$
  select case p_rule
    when 'spent-values' then (select count(*) from gateway.spent_value where expires_at < p_at)
    when 'client-assertions' then (select count(*) from gateway.client_assertion where expires_at < p_at)
    when 'signing-keys' then (select count(*) from gateway.signing_key where published_until < p_at)
    when 'webhook-secrets' then (select count(*) from gateway.engine_webhook where previous_until < p_at)
  end
$$;

create function gateway.delete_expired(p_rule text, p_at timestamptz) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare v_rows bigint;
begin
  case p_rule
    when 'spent-values' then delete from gateway.spent_value where expires_at < p_at;
    when 'client-assertions' then delete from gateway.client_assertion where expires_at < p_at;
    when 'signing-keys' then delete from gateway.signing_key where published_until < p_at;
    when 'webhook-secrets' then
      update gateway.engine_webhook set sealed_previous_secret = null, previous_until = null where previous_until < p_at;
  end case;
  get diagnostics v_rows = row_count;
  if v_rows > 0 then
    insert into gateway.retention_tally as t (rule, rows) values (p_rule, v_rows) on conflict (rule) do update set rows = t.rows + v_rows;
  end if;
  return v_rows;
end $$;

-- Their work is done by rules now.
drop function gateway.purge_expired(timestamptz);
drop function gateway.purge_changes(timestamptz);
drop function gateway.purge_webhooks(timestamptz);
