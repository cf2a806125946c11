-- People's rights, exercised through their district: erased, blocked, certified.

-- Who may not come in (P-3.5), by pseudonym. What was blocked as one person is unblocked as one.
create table gateway.blocked_person (
  district_id integer not null references gateway.district on delete cascade,
  kind        smallint not null check (kind in (1, 2, 3)),   -- as in learner_identity
  hash        uuid not null,
  key_version smallint not null,
  block_id    uuid not null,
  blocked_at  timestamptz not null,
  primary key (district_id, kind, hash)
);

-- That somebody was erased (P-3.3). learner_id: the number that is no learner's any more, which the engines' ids are made of; kept until
-- each of them has confirmed, then null.
create table gateway.erasure (
  id          uuid primary key,
  district_id integer not null references gateway.district on delete cascade,
  learner_id  bigint,
  erased_at   timestamptz not null,
  reason      text not null check (reason in ('request', 'objection')),
  counts      jsonb not null
);
create index erasure_district on gateway.erasure (district_id);

create table gateway.erasure_engine (
  erasure_id      uuid not null references gateway.erasure on delete cascade,
  district_id     integer not null references gateway.district on delete cascade,
  client_id       text not null references gateway.engine_client on delete cascade,
  acknowledged_at timestamptz,
  alerted_at      timestamptz,
  primary key (erasure_id, client_id)
);
create index erasure_engine_open on gateway.erasure_engine (district_id, client_id) where acknowledged_at is null;

-- Signed statements of what was deleted (P-3.4): kinds, counts, times. Of whom, nothing; so they stay when the district goes.
create table gateway.certificate (
  id          uuid primary key,
  district_id integer not null,
  kind        text not null check (kind in ('erasure', 'retention', 'district')),
  erasure_id  uuid,
  issued_at   timestamptz not null,
  statement   text not null
);
create index certificate_district on gateway.certificate (district_id);

do $$
declare t text;
begin
  foreach t in array array['blocked_person', 'erasure', 'erasure_engine', 'certificate'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('create policy district on gateway.%I using (district_id = (select gateway.current_district()))', t);
  end loop;
end $$;

alter table gateway.signing_key
  drop constraint signing_key_purpose_check,
  add constraint signing_key_purpose_check check (purpose in ('lti', 'openid', 'openid-rs256', 'certificate'));
alter table gateway.change drop constraint change_kind_check, add constraint change_kind_check check (kind in ('added', 'changed', 'ended', 'merged', 'erased'));
alter table gateway.webhook_event
  drop constraint webhook_event_type_check, add constraint webhook_event_type_check check (type in ('roster.changed', 'learner.erased'));

-- A launch by any of these pseudonyms is refused, in its own transaction and before anything of it is written.
create function gateway.refuse_blocked(p_hashes uuid[]) returns void
  language plpgsql stable set search_path = pg_catalog
as $$
begin
  if exists (select from gateway.blocked_person b where b.district_id = gateway.current_district() and b.hash = any (p_hashes)) then
    raise exception 'blocked' using errcode = 'GB001';
  end if;
end $$;

-- Whatever writes it: no pseudonym that is blocked becomes a learner's. This also settles who comes first when a launch and a block meet.
create function gateway.refuse_blocked_identity() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if exists (select from gateway.blocked_person b join added a on a.district_id = b.district_id and a.kind = b.kind and a.hash = b.hash) then
    raise exception 'blocked' using errcode = 'GB001';
  end if;
  return null;
end $$;
create trigger learner_identity_blocked after insert on gateway.learner_identity
  referencing new table as added for each statement execute function gateway.refuse_blocked_identity();

-- Erases a learner of the current district, all in the caller's transaction (P-3.3): the learner with identities, enrollments, launches
-- and scores; what the feed still says of it, also under the numbers of those who became one with it; a roster that waits, in which it may
-- be. Every engine that may know it is told, and has to confirm. Answers how many rows of which table went; no row: there is no such
-- learner. Runs as the owner, because the feed is not the gateway's to take back; it looks at the current district alone.
create function gateway.erase_learner(p_learner bigint, p_erasure uuid, p_reason text, p_at timestamptz)
  returns table (kind text, gone bigint)
  language plpgsql volatile security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
  v_district integer := gateway.current_district();
  v_counts jsonb := '{}';
  v_known bigint[];
  v_one bigint;
  v_rows bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('gateway.learners', v_district));
  perform from gateway.learner l where l.id = p_learner and l.district_id = v_district for update;
  if not found then return; end if;

  v_known := array(
    with recursive same (id) as (
      select p_learner
      union
      select c.entity_id from gateway.change c join same on c.other_id = same.id
      where c.district_id = v_district and c.entity = 'learner' and c.kind = 'merged')
    select id from same order by id);

  insert into gateway.erasure (id, district_id, learner_id, erased_at, reason, counts) values (p_erasure, v_district, p_learner, p_at, p_reason, '{}');
  insert into gateway.erasure_engine (erasure_id, district_id, client_id)
  select p_erasure, v_district, c.id from gateway.engine_client c
  where exists (select from gateway.engine_districts(c.id) e where e.id = v_district)
     or exists (select from gateway.engine_mapping m where m.district_id = v_district and m.client_id = c.id and m.enabled)
     or exists (select from gateway.score_delivery s where s.district_id = v_district and s.client_id = c.id and s.learner_id = p_learner);
  if not found then
    update gateway.erasure set learner_id = null where id = p_erasure;
  end if;
  insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at)
  select gen_random_uuid(), v_district, e.client_id, 'learner.erased', p_at, 'pending', p_at, p_at
  from gateway.erasure_engine e join gateway.engine_webhook w on w.client_id = e.client_id and w.disabled_at is null
  where e.erasure_id = p_erasure;

  delete from gateway.score_delivery s where s.district_id = v_district and s.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('score_delivery', v_rows);
  delete from gateway.launch l where l.district_id = v_district and l.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('launch', v_rows);
  delete from gateway.enrollment n where n.district_id = v_district and n.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('enrollment', v_rows);
  delete from gateway.learner_identity i where i.district_id = v_district and i.learner_id = p_learner;
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('learner_identity', v_rows);
  delete from gateway.change c
  where c.district_id = v_district
    and ((c.entity = 'learner' and (c.entity_id = any (v_known) or c.other_id = any (v_known))) or (c.entity = 'enrollment' and c.other_id = any (v_known)));
  get diagnostics v_rows = row_count;
  v_counts := v_counts || jsonb_build_object('change', v_rows);
  delete from gateway.learner l where l.id = p_learner and l.district_id = v_district;
  v_counts := v_counts || jsonb_build_object('learner', 1);

  delete from gateway.roster_held h where h.district_id = v_district;
  update gateway.roster_run r set state = 'replaced' where r.district_id = v_district and r.state = 'waiting';
  foreach v_one in array v_known loop
    perform gateway.append_change(v_district, 'learner', v_one, null, 'erased', p_at);
  end loop;

  update gateway.erasure set counts = v_counts where id = p_erasure;
  return query select j.key, j.value::bigint from jsonb_each_text(v_counts) j order by j.key;
end $$;

-- The districts in which an engine has erasures to confirm, also where it is given nothing any more.
create function gateway.erasure_district(p_client_id text, p_slug text) returns integer
  language sql stable security definer set search_path = pg_catalog
as $$
  select d.id from gateway.district d
  where d.slug = p_slug and exists (select from gateway.erasure_engine e where e.district_id = d.id and e.client_id = p_client_id)
$$;

-- In which districts somebody has not confirmed an erasure in time, and nobody was told of it for a day.
create function gateway.overdue_erasures(p_before timestamptz, p_told_before timestamptz) returns setof integer
  language sql stable security definer set search_path = pg_catalog
as $$
  select distinct o.district_id from gateway.erasure_engine o join gateway.erasure e on e.id = o.erasure_id
  where o.acknowledged_at is null and e.erased_at < p_before and (o.alerted_at is null or o.alerted_at <= p_told_before)
$$;
