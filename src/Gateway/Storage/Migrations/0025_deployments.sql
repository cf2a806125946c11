-- Which deployments of a platform may launch, and which registrations may share a client id (T-6, T-7).

-- Learning ends with the first deployment. Where one client id serves all customers of a platform nothing can be learned at all: the
-- first installation that launches need not be the district's.
update gateway.registration r set learns_deployments = false
  where r.learns_deployments
    and (r.issuer in ('https://blackboard.com', 'https://schoology.schoology.com')
         or exists (select from gateway.deployment d where d.registration_id = r.id));

-- Two districts may share issuer and client id; then the deployment tells them apart (gateway.check_registration).
alter table gateway.registration
  drop constraint registration_issuer_client_id_key,
  add constraint registration_of_district unique (district_id, issuer, client_id);
create index registration_client on gateway.registration (issuer, client_id);

-- Scheme, host, port and path of an endpoint in one spelling: by another spelling a second registration would ask the same server.
create function gateway.endpoint_key(p_url text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
  select rtrim(
    regexp_replace(
      regexp_replace(lower(split_part(split_part(p_url, '#', 1), '?', 1)), '^(https?://[^/:]*[^/:.])[.]+(:|/|$)', '\1\2'),
      '^(https?://[^/:]+):(443|80)(/|$)', '\1\3'),
    '/')
$$;
create index registration_token_endpoint on gateway.registration (client_id, gateway.endpoint_key(token_endpoint));

-- What no two registrations may have in common, whichever districts they belong to. One at a time for each client id, so that of two
-- that are made at once the second sees the first. GR001: the token endpoint and the client id are known under another issuer, so what is
-- signed for the one would be good for the other. GR002: several share a client and one of them learns deployments. GR003: a deployment
-- is another registration's.
create function gateway.check_registration() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if new.state = 'removed' then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended('gateway.client ' || new.client_id, 0));
  if exists (select from gateway.registration r
             where r.client_id = new.client_id and r.id <> new.id and r.state <> 'removed' and r.issuer <> new.issuer
               and gateway.endpoint_key(r.token_endpoint) = gateway.endpoint_key(new.token_endpoint)) then
    raise exception 'the token endpoint and the client id are known under another issuer' using errcode = 'GR001';
  end if;
  if exists (select from gateway.registration r
             where r.issuer = new.issuer and r.client_id = new.client_id and r.id <> new.id and r.state <> 'removed'
               and (r.learns_deployments or r.learns_all_deployments or new.learns_deployments or new.learns_all_deployments)) then
    raise exception 'registrations share a client and one of them learns deployments' using errcode = 'GR002';
  end if;
  if exists (select from gateway.deployment own
             join gateway.deployment d on d.deployment_id = own.deployment_id and d.state = 'active' and d.registration_id <> new.id
             join gateway.registration r on r.id = d.registration_id
             where own.registration_id = new.id and own.state = 'active'
               and r.issuer = new.issuer and r.client_id = new.client_id and r.state <> 'removed') then
    raise exception 'the deployment belongs to another registration' using errcode = 'GR003';
  end if;
  return null;
end $$;
create trigger check_registration
  after insert or update of issuer, client_id, token_endpoint, learns_deployments, learns_all_deployments, state on gateway.registration
  for each row execute function gateway.check_registration();

-- The same for a deployment that is added or approved. Where it waits at another registration it waits no longer.
create function gateway.check_deployment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_own gateway.registration;
begin
  select * into v_own from gateway.registration r where r.id = new.registration_id;
  perform pg_advisory_xact_lock(hashtextextended('gateway.client ' || v_own.client_id, 0));
  if exists (select from gateway.registration r join gateway.deployment d on d.registration_id = r.id
             where r.issuer = v_own.issuer and r.client_id = v_own.client_id and r.id <> v_own.id and r.state <> 'removed'
               and d.deployment_id = new.deployment_id and d.state = 'active') then
    raise exception 'the deployment belongs to another registration' using errcode = 'GR003';
  end if;
  delete from gateway.deployment d using gateway.registration r
    where r.id = d.registration_id and r.issuer = v_own.issuer and r.client_id = v_own.client_id and r.id <> v_own.id
      and d.deployment_id = new.deployment_id and d.state = 'waiting';
  return null;
end $$;
create trigger check_deployment
  after insert or update of deployment_id, state on gateway.deployment
  for each row when (new.state = 'active') execute function gateway.check_deployment();

-- What a launch teaches of its registration, in the launch's own transaction: a deployment, and where the platform's line items are.
-- Learning ends here: of two launches that bring different deployments at once one is learned, the other is refused with GR004. Answers
-- whether the deployment was new, and the origin in force. Runs as the caller: row-level security holds inside.
create function gateway.learn_of_platform(p_registration integer, p_deployment text, p_line_item_origin text, p_at timestamptz)
  returns table (learned boolean, line_item_origin text)
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare v_own gateway.registration;
begin
  select * into v_own from gateway.registration r where r.id = p_registration for no key update;
  learned := false;
  if p_deployment is not null
     and not exists (select from gateway.deployment d where d.registration_id = p_registration and d.deployment_id = p_deployment and d.state = 'active') then
    if v_own.id is null or not (v_own.learns_deployments or v_own.learns_all_deployments) then
      raise exception 'the deployment is not known' using errcode = 'GR004';
    end if;
    update gateway.registration r set learns_deployments = false where r.id = p_registration and r.learns_deployments;
    insert into gateway.deployment as d (district_id, registration_id, deployment_id, state, created_at)
      values (v_own.district_id, p_registration, p_deployment, 'active', p_at)
      on conflict (registration_id, deployment_id) do update set state = 'active';
    learned := true;
  end if;
  line_item_origin := coalesce(v_own.line_item_origin, p_line_item_origin);
  if v_own.line_item_origin is null and p_line_item_origin is not null then
    update gateway.registration r set line_item_origin = p_line_item_origin where r.id = p_registration;
  end if;
  return next;
end $$;

-- A launch of a deployment that nobody approved: it waits, so that somebody can. At most so many at a registration; what does not fit is
-- counted all the same. Answers whether it is new.
create function gateway.let_deployment_wait(p_registration integer, p_deployment text, p_most integer, p_at timestamptz) returns boolean
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare v_district integer;
begin
  select r.district_id into v_district from gateway.registration r where r.id = p_registration for no key update;
  insert into gateway.deployment (district_id, registration_id, deployment_id, state, created_at)
    select v_district, p_registration, p_deployment, 'waiting', p_at
    where v_district is not null
      and (select count(*) from gateway.deployment d where d.registration_id = p_registration and d.state = 'waiting') < p_most
    on conflict do nothing;
  return found;
end $$;

-- What counts as an incident is the gateway's to say; the table holds its name.
alter table gateway.incident
  drop constraint incident_kind_check,
  add constraint incident_kind_check check (kind ~ '^[a-z_]{1,40}$');
