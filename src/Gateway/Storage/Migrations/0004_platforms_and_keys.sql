-- Registrations that wait for approval, and a life cycle for the gateway's own keys.

-- pending: asked for by a platform's administrator, not yet approved; removed: kept because launches refer to it.
alter table gateway.registration
  add column state text not null default 'active' check (state in ('pending', 'active', 'removed')),
  add column source text not null default 'command' check (source in ('command', 'dynamic'));

-- As before, and with the state: a removed registration is not found. A pending one must not make an issuer ambiguous.
drop function gateway.find_registrations(text, text, integer);
create function gateway.find_registrations(p_issuer text, p_client_id text, p_id integer)
  returns table (id integer, district_id integer, issuer text, client_id text, authorization_endpoint text, token_endpoint text,
                 jwks_uri text, namespace text, learns_deployments boolean, deployment_ids text[], state text)
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
           r.learns_deployments, array(select d.deployment_id from gateway.deployment d where d.registration_id = r.id), r.state
    from gateway.registration r where r.id = any (found_ids) and r.state <> 'removed';
end $$;

-- A key is announced (published, not signing before activates_at), active, retired (published until published_until, its private
-- part gone), gone. The number counts a purpose's keys: of two replicas that make the next one at once, one is too late.
alter table gateway.signing_key
  add column number integer,
  add column activates_at timestamptz,
  add column public_key bytea,
  add column published_until timestamptz,
  alter column sealed_private_key drop not null;
delete from gateway.signing_key where retired_at is not null;
update gateway.signing_key k set activates_at = created_at, number = n.number
  from (select kid, row_number() over (partition by purpose order by created_at) as number from gateway.signing_key) n
  where n.kid = k.kid;
alter table gateway.signing_key
  alter column number set not null,
  alter column activates_at set not null,
  add constraint signing_key_number unique (purpose, number),
  add check ((retired_at is null) = (sealed_private_key is not null)),
  add check ((retired_at is null) = (published_until is null));
drop index gateway.signing_key_in_use;

-- As before, and with keys that are published no more. The gateway's own role deletes no key.
create or replace function gateway.purge_expired(p_now timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog
as $$
  with gone as (delete from gateway.spent_value where expires_at < p_now returning 1),
       unpublished as (delete from gateway.signing_key where published_until < p_now returning 1)
  select (select count(*) from gone) + (select count(*) from unpublished)
$$;
