-- A search path that does not name pg_temp has it in front: somebody who may make temporary tables could put one in the place of a
-- system table that a function of the owner's asks. Named last, it is looked into last.
do $$
declare f record;
begin
  for f in
    select p.oid::regprocedure as signature, p.prokind,
           coalesce((select substr(s, length('search_path=') + 1) from unnest(p.proconfig) s where s like 'search\_path=%'), 'pg_catalog') as path
    from pg_proc p
    where p.pronamespace = 'gateway'::regnamespace and (p.prosecdef or exists (select from unnest(p.proconfig) s where s like 'search\_path=%'))
  loop
    if f.path !~ '(^|, *)pg_temp$' then
      execute format('alter routine %s set search_path = %s, pg_temp', f.signature, f.path);
    end if;
  end loop;
end $$;
