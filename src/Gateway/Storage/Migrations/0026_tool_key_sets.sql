-- Keys of the tool for each registration (T-6): what is signed for one platform proves nothing to another.

-- kind: the set that a district's platforms of this kind are given where the address must be known before the registration exists;
-- null: one registration's own.
create table gateway.tool_key_set (
  id          uuid primary key,
  district_id integer not null references gateway.district on delete cascade,
  kind        text,
  created_at  timestamptz not null,
  unique (district_id, kind)
);
alter table gateway.tool_key_set enable row level security;
create policy district on gateway.tool_key_set using (district_id = (select gateway.current_district()));

-- Null: the gateway's own keys, and of purpose lti the one set that every registration of before shares.
alter table gateway.signing_key
  add column key_set_id uuid references gateway.tool_key_set on delete cascade,
  add constraint signing_key_set_of_tool check (key_set_id is null or purpose = 'lti'),
  drop constraint signing_key_number,
  add constraint signing_key_number unique nulls not distinct (purpose, key_set_id, number);
create index signing_key_set on gateway.signing_key (key_set_id) where key_set_id is not null;

-- key_set_id: what signs for the registration; null: the shared set. next_key_set_id: what it is being moved to.
alter table gateway.registration
  add column key_set_id uuid references gateway.tool_key_set,
  add column next_key_set_id uuid references gateway.tool_key_set;
create index registration_key_set on gateway.registration (key_set_id);
create index registration_next_key_set on gateway.registration (next_key_set_id);

-- The sets whose keys are published at the address of a set: its own, and while a registration moves to it those that sign until then
-- (null: the shared one). None: there is no such set. An address is public.
create function gateway.published_key_sets(p_set uuid) returns table (key_set_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select s.id from gateway.tool_key_set s where s.id = p_set
  union all
  select r.key_set_id from gateway.registration r join gateway.tool_key_set s on s.id = r.next_key_set_id where r.next_key_set_id = p_set
$$;

-- As before, and with the key set. Several registrations of one client are found all.
drop function gateway.find_registrations(text, text, integer);
create function gateway.find_registrations(p_issuer text, p_client_id text, p_id integer)
  returns table (id integer, district_id integer, issuer text, client_id text, authorization_endpoint text, token_endpoint text,
                 jwks_uri text, namespace text, learns_deployments boolean, deployment_ids text[], state text, policy_version integer,
                 kind text, token_audience text, sis_parameter text, learns_all_deployments boolean, line_item_origin text, key_set_id uuid)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
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
           r.learns_deployments,
           array(select d.deployment_id from gateway.deployment d where d.registration_id = r.id and d.state = 'active'), r.state,
           coalesce((select max(p.version) from gateway.policy_acceptance p where p.district_id = r.district_id), 1),
           r.kind, r.token_audience, r.sis_parameter, r.learns_all_deployments, r.line_item_origin, r.key_set_id
    from gateway.registration r where r.id = any (found_ids) and r.state <> 'removed' order by r.id;
end $$;
