-- The audit trail: one chain of entries for each district, and one of the gateway's own under the number 0, which no district has.
-- Append-only by right: the role that the gateway works as may read and add (grants.sql). No foreign key to the district: the record of
-- a deletion must not go with what was deleted, and no row here is about a person.

-- What the entries are hashed with, sealed under the master key; made at first use.
create table gateway.audit_key (
  version    smallint primary key,
  sealed_key bytea not null,
  created_at timestamptz not null
);

create table gateway.audit_entry (
  district_id integer not null,
  sequence    bigint not null check (sequence > 0),
  at          timestamptz not null,
  actor       text not null,
  action      text not null,
  details     text not null,      -- a JSON object, kept as text because the hash is over its bytes
  previous    bytea not null,     -- the hash before this one; 32 zeros for the first
  hash        bytea not null,
  primary key (district_id, sequence)
);

-- Where each chain ends. Taking the next number holds this row until the transaction ends, so that numbers have no gaps and stand in
-- commit order. seal: a keyed hash of chain, sequence and hash.
create table gateway.audit_head (
  district_id integer primary key,
  sequence    bigint not null,
  hash        bytea not null,
  seal        bytea not null
);

do $$
declare t text;
begin
  foreach t in array array['audit_entry', 'audit_head'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

-- The chains there are, with or without a head; for those who verify them and for the daily record of the heads.
create function gateway.audit_chains() returns table (district_id integer, slug text, sequence bigint, hash bytea)
  language sql stable security definer set search_path = pg_catalog
as $$
  with recursive chain (id) as (
    (select e.district_id from gateway.audit_entry e order by e.district_id limit 1)
    union all
    select (select e.district_id from gateway.audit_entry e where e.district_id > chain.id order by e.district_id limit 1)
    from chain where chain.id is not null)
  select c.id, d.slug, h.sequence, h.hash
  from (select id from chain where id is not null union select a.district_id from gateway.audit_head a) c
  left join gateway.district d on d.id = c.id
  left join gateway.audit_head h on h.district_id = c.id
  order by c.id
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Incidents (P-5.7): how many of a kind nobody was told of yet. Of whom they were, nothing. District 0: of the gateway as a whole.
create table gateway.incident (
  district_id integer not null,
  kind        text not null check (kind in ('audit_broken', 'tenant_breach', 'forged_tokens', 'backup_failed', 'erasure_overdue')),
  untold      integer not null default 0,
  total       bigint not null default 0,
  first_at    timestamptz not null,   -- of those untold
  last_at     timestamptz not null,
  told_at     timestamptz,
  primary key (district_id, kind)
);
alter table gateway.incident enable row level security;
create policy district on gateway.incident using (district_id = (select gateway.current_district()));

-- The one outbox of mails; named after those that it began with. The operator is told in it, too, also of the gateway as a whole.
alter table gateway.roster_alert
  drop constraint roster_alert_kind_check,
  add constraint roster_alert_kind_check check (kind in ('failed', 'waiting', 'overdue', 'digest', 'incident')),
  drop constraint roster_alert_district_id_fkey,
  add column recipient text not null default 'district' check (recipient in ('district', 'operator'));
create function gateway.forget_alerts() returns trigger language plpgsql set search_path = pg_catalog
as $$
begin
  delete from gateway.roster_alert where district_id = old.id;
  delete from gateway.incident where district_id = old.id;
  return null;
end $$;
create trigger district_alerts after delete on gateway.district for each row execute function gateway.forget_alerts();

-- Of which incidents somebody is to be told now: of each kind once an hour.
create function gateway.untold_incidents(p_now timestamptz) returns table (district_id integer, kind text)
  language sql stable security definer set search_path = pg_catalog
as $$
  select i.district_id, i.kind from gateway.incident i
  where i.untold > 0 and (i.told_at is null or i.told_at <= p_now - interval '1 hour')
  order by i.district_id, i.kind
$$;

-- The district of a slug that never decided to give this engine anything and is not its district by default; null for any other slug,
-- also for one that took the engine's access away: an engine may not have noticed that yet.
create function gateway.never_given(p_client_id text, p_slug text) returns integer
  language sql stable security definer set search_path = pg_catalog
as $$
  select d.id from gateway.district d
  where d.slug = p_slug
    and not exists (select from gateway.engine_mapping m where m.district_id = d.id and m.client_id = p_client_id)
    and not exists (select from gateway.engine_districts(p_client_id) e where e.id = d.id)
$$;
