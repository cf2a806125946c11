-- Versions of the privacy policy and who accepted them for a district (P-4.3). Written forward only.

create table gateway.policy_acceptance (
  district_id integer not null references gateway.district on delete cascade,
  version     integer not null check (version > 0),
  accepted_by text not null,
  accepted_at timestamptz not null,
  primary key (district_id, version)
);
alter table gateway.policy_acceptance enable row level security;
create policy district on gateway.policy_acceptance using (district_id = (select gateway.current_district()));

-- Version 1 is part of every contract.
insert into gateway.policy_acceptance (district_id, version, accepted_by, accepted_at)
  select id, 1, 'with the contract', created_at from gateway.district;

-- As before, and with the version that the registration's district has accepted: a launch needs no question more.
drop function gateway.find_registrations(text, text, integer);
create function gateway.find_registrations(p_issuer text, p_client_id text, p_id integer)
  returns table (id integer, district_id integer, issuer text, client_id text, authorization_endpoint text, token_endpoint text,
                 jwks_uri text, namespace text, learns_deployments boolean, deployment_ids text[], state text, policy_version integer)
  language plpgsql stable security definer set search_path = pg_catalog
as $$
declare found_ids integer[];
begin
  if p_id is not null then
    found_ids := array[p_id];
  elsif p_client_id is not null then
    found_ids := array(select r.id from gateway.registration r where r.issuer = p_issuer and r.client_id = p_client_id);
  else
    found_ids := array(select r.id from gateway.registration r where r.issuer = p_issuer and r.state <> 'removed'
                       order by r.state <> 'active' limit 2);
  end if;
  return query
    select r.id, r.district_id, r.issuer, r.client_id, r.authorization_endpoint, r.token_endpoint, r.jwks_uri, r.namespace,
           r.learns_deployments, array(select d.deployment_id from gateway.deployment d where d.registration_id = r.id), r.state,
           coalesce((select max(p.version) from gateway.policy_acceptance p where p.district_id = r.district_id), 1)
    from gateway.registration r where r.id = any (found_ids) and r.state <> 'removed';
end $$;

-- Which version each of these districts has accepted, for engines that see several.
create function gateway.accepted_policies(p_districts integer[]) returns table (district_id integer, version integer)
  language sql stable security definer set search_path = pg_catalog
as $$
  select p.district_id, max(p.version) from gateway.policy_acceptance p where p.district_id = any (p_districts) group by p.district_id
$$;

-- Districts that have not accepted a version and were not told of it yet.
create function gateway.untold_policies(p_version integer) returns setof integer
  language sql stable security definer set search_path = pg_catalog
as $$
  select d.id from gateway.district d
  where not exists (select from gateway.policy_acceptance p where p.district_id = d.id and p.version >= p_version)
    and p_version > 1
    and not exists (select from gateway.roster_alert a where a.district_id = d.id and a.kind = 'policy' and a.event = p_version::text)
$$;

alter table gateway.roster_alert
  drop constraint roster_alert_kind_check,
  add constraint roster_alert_kind_check check (kind in ('failed', 'waiting', 'overdue', 'digest', 'incident', 'policy'));

-- ---------------------------------------------------------------------------------------------------------------
-- Disclosure (P-4.2, P-4.4): counts over all districts, none of them named.

-- Who receives what: each engine with an agreement and how many districts give it which field; which kinds of platforms and roster sources
-- there are, of how many districts.
create function gateway.third_parties() returns table (kind text, name text, field text, districts bigint)
  language sql stable security definer set search_path = pg_catalog
as $$
  select 'engine', c.id, f.field, count(distinct d.id)
  from gateway.engine_client c
  cross join lateral gateway.engine_districts(c.id) d
  left join lateral unnest(d.fields) as f (field) on true
  where exists (select from gateway.engine_agreement a where a.client_id = c.id)
  group by c.id, f.field
  union all
  select 'platform', r.kind, null, count(distinct r.district_id) from gateway.registration r where r.state = 'active' group by r.kind
  union all
  select 'roster', s.binding, null, count(*) from gateway.roster_source s group by s.binding
  order by 1, 2, 3
$$;

-- How many people launched in a month, by district and role. Whoever calls shows sums, and no district (P-4.4).
create function gateway.usage_by_district(p_from timestamptz, p_to timestamptz)
  returns table (district_id integer, month date, role text, people bigint)
  language sql stable security definer set search_path = pg_catalog
as $$
  select l.district_id, date_trunc('month', n.launched_at at time zone 'utc')::date, l.role, count(distinct l.id)
  from gateway.launch n join gateway.learner l on l.id = n.learner_id
  where n.launched_at >= p_from and n.launched_at < p_to
  group by 1, 2, 3
$$;
