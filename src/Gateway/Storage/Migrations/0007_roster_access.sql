-- How the gateway shows a OneRoster server who it is, and whether it may ask for changes only (R-1.2, R-1.6).

alter table gateway.roster_source
  add column auth text check (auth in ('oauth2', 'oauth1-sha256', 'oauth1-sha1', 'bearer')),   -- null: oauth2
  add column scope text,                       -- null: the least of the version; empty: none
  add column delta boolean not null default false,
  -- When the latest successful pulls began, by the gateway's clock; a change of the source clears them.
  add column last_full_at timestamptz,
  add column last_pull_at timestamptz;

-- A static token has no client id, and only OAuth 2 has a token endpoint.
alter table gateway.roster_source drop constraint roster_source_check;
alter table gateway.roster_source add constraint roster_source_rest check (
  binding <> 'rest' or (version is not null and base_url is not null and sealed_secret is not null
    and (coalesce(auth, 'oauth2') <> 'oauth2' or token_url is not null) and (auth = 'bearer' or client_id is not null)));
alter table gateway.roster_source add constraint roster_source_csv check (binding <> 'csv' or csv_folder is not null);
