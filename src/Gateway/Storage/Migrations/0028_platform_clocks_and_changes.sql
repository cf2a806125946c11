-- What a platform's launches show of its clock, and addresses that wait after it registered again.

alter table gateway.registration
  -- Seconds by which the platform's clock was behind the gateway's in its last launches; negative: ahead.
  add column clock_behind integer,
  add column clock_seen_at timestamptz,
  -- What the platform said when it registered again, until somebody approves it: authorize, token, jwks, audience.
  add column waiting_addresses jsonb;

-- Whether the audience of assertions belongs to another active platform than the one that answers at this token endpoint: one that has
-- that audience, or that is issued, asked or called there. Hosts are compared with their ports.
create function gateway.audience_is_of_another(p_id integer, p_audience text, p_token_endpoint text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  authority constant text := '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)';
  named constant text := lower(substring(p_audience from authority));
  asked constant text := lower(substring(p_token_endpoint from authority));
begin
  return exists (
    select 1
    from gateway.registration r
    where r.id is distinct from p_id and r.state = 'active'
      and lower(substring(r.token_endpoint from authority)) is distinct from asked
      and (r.token_audience = p_audience
           or named in (lower(substring(r.issuer from authority)), lower(substring(r.token_endpoint from authority)),
                        lower(substring(r.token_audience from authority)))));
end $$;
