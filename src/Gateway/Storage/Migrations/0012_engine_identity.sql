-- Engines that authenticate with keys of their own, and engines whose id_tokens are signed with RS256.

alter table gateway.engine_client
  add column id_token_alg text not null default 'ES256' check (id_token_alg in ('ES256', 'RS256')),
  add constraint engine_client_one_credential check (num_nonnulls(secret_hash, jwks_url) = 1);

alter table gateway.signing_key
  drop constraint signing_key_purpose_check,
  add constraint signing_key_purpose_check check (purpose in ('lti', 'openid', 'openid-rs256'));

-- Client assertions (RFC 7523) that were used. They belong to no district: an engine asks for all of its districts.
create table gateway.client_assertion (
  client_id  text not null references gateway.engine_client on delete cascade,
  jti        uuid not null,           -- a hash of it
  expires_at timestamptz not null,
  primary key (client_id, jti)
);

-- As before, and with assertions that nobody would accept any more.
create or replace function gateway.purge_expired(p_now timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog
as $$
  with gone as (delete from gateway.spent_value where expires_at < p_now returning 1),
       asserted as (delete from gateway.client_assertion where expires_at < p_now returning 1),
       unpublished as (delete from gateway.signing_key where published_until < p_now returning 1),
       forgotten as (delete from gateway.roster_run where started_at < p_now - interval '90 days' and state <> 'running' returning 1),
       expired as (update gateway.roster_run set state = 'expired'
                   where state = 'waiting' and started_at between p_now - interval '90 days' and p_now - interval '14 days' returning id),
       released as (delete from gateway.roster_held h using expired where h.run_id = expired.id returning 1)
  select (select count(*) from gone) + (select count(*) from asserted) + (select count(*) from unpublished) + (select count(*) from forgotten)
       + (select count(*) from expired) + (select count(*) from released)
$$;
