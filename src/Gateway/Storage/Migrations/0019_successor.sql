-- The key pair that other gateways seal a district for (P-3.7). There is one.
create table gateway.successor_key (
  id                 smallint primary key check (id = 1),
  sealed_private_key bytea not null,
  created_at         timestamptz not null
);
