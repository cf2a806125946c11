-- What a district gives to each engine, and a change feed that engines may follow for 30 days.

-- Written forward only: every change is a version of its own, with who made it and when. Without a row a district gives its own
-- engine the default (role and class membership) and any other engine nothing.
create table gateway.engine_mapping (
  district_id       integer not null references gateway.district on delete cascade,
  client_id         text not null references gateway.engine_client on delete cascade,
  version           integer not null check (version > 0),
  enabled           boolean not null,
  fields            text[] not null check (fields <@ array['role', 'grades', 'classTitle', 'school', 'subjects', 'termDates']),
  role_words        jsonb not null,
  grade_words       jsonb not null,
  agreement_version text not null,
  changed_by        text not null,
  changed_at        timestamptz not null,
  primary key (district_id, client_id, version)
);
alter table gateway.engine_mapping enable row level security;
create policy district on gateway.engine_mapping using (district_id = (select gateway.current_district()));

-- client_id: the one engine that this is told; null: every engine of the district. purged_through: the newest change that is gone.
alter table gateway.change add column client_id text;
alter table gateway.feed_position add column purged_through bigint not null default 0;

-- The fields that a roster of the current district is read for: whatever is given to any engine.
create function gateway.shared_fields() returns text[]
  language sql stable set search_path = pg_catalog
as $$
  select coalesce(array_agg(distinct f.field order by f.field), '{}')
  from (select distinct on (m.client_id) m.enabled, m.fields
        from gateway.engine_mapping m where m.district_id = gateway.current_district()
        order by m.client_id, m.version desc) current cross join unnest(current.fields) as f (field)
  where current.enabled
$$;

-- The districts that an engine may see, each with the mapping in force (version 0: the default). An engine that a district never
-- decided about is enabled where it is the district's own: the one it names, or the only one there is.
create function gateway.engine_districts(p_client_id text)
  returns table (id integer, slug text, name text, time_zone text, version integer, fields text[], role_words jsonb, grade_words jsonb)
  language sql stable security definer set search_path = pg_catalog
as $$
  select d.id, d.slug, d.name, d.time_zone, coalesce(m.version, 0), coalesce(m.fields, array['role']), coalesce(m.role_words, '{}'), coalesce(m.grade_words, '{}')
  from gateway.district d
  left join lateral (
    select * from gateway.engine_mapping m where m.district_id = d.id and m.client_id = p_client_id order by m.version desc limit 1) m on true
  where coalesce(m.enabled, d.engine_client_id = p_client_id,
                 (select count(*) = 1 and bool_and(c.id = p_client_id) from gateway.engine_client c))
  order by d.slug
$$;

-- Sets the district for itself and for what follows in the transaction, and answers with the version of the mapping in force for an
-- engine. Runs as the caller: row-level security holds inside.
create function gateway.see_district(p_district integer, p_client_id text) returns integer
  language plpgsql volatile set search_path = pg_catalog
as $$
begin
  perform set_config('gateway.district', p_district::text, true);
  return (select coalesce(max(m.version), 0) from gateway.engine_mapping m where m.district_id = p_district and m.client_id = p_client_id);
end $$;

-- Where the feeds of these districts stand.
create function gateway.feed_positions(p_districts integer[]) returns table (district_id integer, last_sequence bigint)
  language sql stable security definer set search_path = pg_catalog
as $$
  select f.district_id, f.last_sequence from gateway.feed_position f where f.district_id = any (p_districts)
$$;

-- A cursor is good for 30 days. What a roster run writes is dated before it can be read: hence the day more. What goes is a prefix of
-- the feed, at most so many changes of a district at a time.
create function gateway.purge_changes(p_now timestamptz) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  v_feed record;
  v_through bigint;
  v_gone bigint;
  v_all bigint := 0;
begin
  for v_feed in select f.district_id, f.purged_through from gateway.feed_position f where f.purged_through < f.last_sequence loop
    select max(oldest.sequence) filter (where oldest.changed_at < p_now - interval '31 days') into v_through
    from (select c.sequence, c.changed_at from gateway.change c
          where c.district_id = v_feed.district_id and c.sequence > v_feed.purged_through order by c.sequence limit 20000) oldest;
    continue when v_through is null;
    update gateway.feed_position f set purged_through = v_through where f.district_id = v_feed.district_id;
    delete from gateway.change c where c.district_id = v_feed.district_id and c.sequence <= v_through;
    get diagnostics v_gone = row_count;
    v_all := v_all + v_gone;
  end loop;
  return v_all;
end $$;

-- Engines read a district page by page, in the order of the numbers.
create index learner_page on gateway.learner (district_id, id);
drop index gateway.learner_district;
create index class_page on gateway.class (district_id, id);
