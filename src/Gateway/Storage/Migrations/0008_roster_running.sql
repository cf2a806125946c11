-- Running rosters: pause windows, tries again, archives that appear in a folder, archives fetched over SFTP, and who is told.

-- Over SFTP: the address without a secret, the host key that is pinned; the private key rests in sealed_secret. Of the folder's newest
-- archive only a hash of name, size and time is kept: the one that was taken, and the one that may still grow.
alter table gateway.roster_source
  drop constraint roster_source_binding_check,
  add constraint roster_source_binding_check check (binding in ('rest', 'csv', 'sftp')),
  drop constraint if exists roster_source_check,
  add column sftp_address  text,
  add column sftp_host_key text,
  add column retry_until   time,          -- in the district's time zone; null: the default
  add column taken_archive text,
  add column seen_archive  text,
  add column seen_at       timestamptz,
  add constraint roster_source_place_check check (case binding
    when 'rest' then version is not null and base_url is not null
    when 'sftp' then sftp_address is not null and sftp_host_key is not null and sealed_secret is not null
    else csv_folder is not null end);

-- Days of the district's own calendar, both inclusive, on which a scheduled run adds and changes and ends nothing (R-4.1).
create table gateway.roster_pause (
  id          bigint generated always as identity primary key,
  district_id integer not null references gateway.district on delete cascade,
  first_day   date not null,
  last_day    date not null,
  reason      text not null check (reason in ('summer', 'rollover')),
  created_at  timestamptz not null,
  check (first_day <= last_day)
);
create index roster_pause_district on gateway.roster_pause (district_id);

-- A district whose source did not answer is tried again (R-4.4); the row goes with the first success, or when it is given up.
create table gateway.roster_retry (
  district_id integer primary key references gateway.district on delete cascade,
  began_at    timestamptz not null,
  attempts    integer not null,
  next_at     timestamptz not null,
  code        text not null
);

-- The administrator of the district who is told, sealed.
create table gateway.district_contact (
  district_id    integer primary key references gateway.district on delete cascade,
  sealed_address bytea not null,
  created_at     timestamptz not null
);

-- What is to be told, and what was: counts and codes. The event is told once, whoever notices it.
create table gateway.roster_alert (
  id              bigint generated always as identity primary key,
  district_id     integer not null references gateway.district on delete cascade,
  kind            text not null check (kind in ('failed', 'waiting', 'overdue', 'digest')),
  event           text not null,
  subject         text not null,
  body            text not null,
  state           text not null default 'pending' check (state in ('pending', 'sent', 'dropped')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null,
  created_at      timestamptz not null,
  finished_at     timestamptz,
  code            text,
  unique (district_id, kind, event),
  check ((state = 'pending') = (finished_at is null))
);
create index roster_alert_due on gateway.roster_alert (next_attempt_at) where state = 'pending';

do $$
declare t text;
begin
  foreach t in array array['roster_pause', 'roster_retry', 'district_contact', 'roster_alert'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

-- Which alerts may be sent now, of whichever district.
create function gateway.due_alerts(p_now timestamptz, p_limit integer)
  returns table (id bigint, district_id integer)
  language sql stable security definer set search_path = pg_catalog
as $$
  select a.id, a.district_id from gateway.roster_alert a
  where a.state = 'pending' and a.next_attempt_at <= p_now order by a.next_attempt_at limit p_limit
$$;

-- How each district with a roster stands: since when it has a source, its last success, the runs that wait and of which nobody was told.
create function gateway.roster_outlook()
  returns table (district_id integer, time_zone text, contract_end date, binding text, connected_at timestamptz, last_success timestamptz, waiting bigint[])
  language sql stable security definer set search_path = pg_catalog
as $$
  select d.id, d.time_zone, d.contract_end, s.binding, s.created_at,
         (select r.finished_at from gateway.roster_run r
          where r.district_id = d.id and r.state = 'applied' and not r.dry_run order by r.started_at desc limit 1),
         array(select r.id from gateway.roster_run r
               where r.district_id = d.id and r.state = 'waiting' and not r.dry_run
                 and not exists (select 1 from gateway.roster_alert a
                                 where a.district_id = d.id and a.kind = 'waiting' and a.event = r.id::text))
  from gateway.district d join gateway.roster_source s on s.district_id = d.id
$$;
