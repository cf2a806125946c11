-- A gateway that serves with the unprivileged role's own connection sees no sealed key of a district. Under which master keys values are
-- sealed it has to know at its start: the first bytes of a sealed value say the key's id, and nothing else.
create function gateway.seal_headers() returns setof bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select substring(sealed_key for 5) from gateway.district_key
  union select substring(sealed_private_key for 5) from gateway.signing_key where sealed_private_key is not null
  union select substring(sealed_id_key for 5) from gateway.engine_client
$$;
