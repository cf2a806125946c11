-- What differs from platform to platform, and what a district chooses of it.

alter table gateway.registration
  drop constraint registration_kind_check,
  add constraint registration_kind_check check (kind in ('canvas', 'schoology', 'moodle', 'brightspace', 'blackboard', 'other')),
  -- The aud of client assertions where it is not the token endpoint's address; null: it is.
  add column token_audience text,
  -- The custom parameter that carries the SIS id; null: the claim lis.person_sourcedid.
  add column sis_parameter text,
  -- Every deployment that launches is learned, and not the first one only.
  add column learns_all_deployments boolean not null default false,
  -- Scheme, host and port of the platform's line items; null until the first graded launch.
  add column line_item_origin text;

-- active: launches are let in; waiting: seen in a launch and not approved.
alter table gateway.deployment
  add column state text not null default 'active' check (state in ('active', 'waiting'));

-- As before, with these columns. Only active deployments are known ones.
drop function gateway.find_registrations(text, text, integer);
create function gateway.find_registrations(p_issuer text, p_client_id text, p_id integer)
  returns table (id integer, district_id integer, issuer text, client_id text, authorization_endpoint text, token_endpoint text,
                 jwks_uri text, namespace text, learns_deployments boolean, deployment_ids text[], state text, policy_version integer,
                 kind text, token_audience text, sis_parameter text, learns_all_deployments boolean, line_item_origin text)
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
           r.kind, r.token_audience, r.sis_parameter, r.learns_all_deployments, r.line_item_origin
    from gateway.registration r where r.id = any (found_ids) and r.state <> 'removed';
end $$;
