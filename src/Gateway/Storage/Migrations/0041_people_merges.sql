-- Merging people by a roster is a kind of change of its own, with limits of its own, and can be undone by the roster that no longer says so
-- (docs/adr/0053). A district may go by the identifier of its users (docs/adr/0054).

alter table gateway.roster_policy
  add column merged_percent numeric not null default 1 check (merged_percent between 0 and 100),
  add column merged_people  integer not null default 5 check (merged_people >= 0),
  drop constraint roster_policy_same_person_check,
  add constraint roster_policy_same_person_check check (same_person ~ '^(master-identifier|identifier|after:.|before:.)$');

-- Of a run that read all users: the patterns by which almost everybody would be one with somebody else; null: not looked at.
alter table gateway.roster_run add column broad_patterns text[];

-- The roster no longer says that these are one. As a person's split, but the two need not stay apart: the roster may say so again.
create function gateway.split_by_roster(p_join bigint, p_at timestamptz) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_kept bigint := (select j.kept_id from gateway.learner_join j where j.id = p_join and j.cause = 'roster');
  v_new bigint;
begin
  if v_kept is null then return null; end if;
  v_new := gateway.split_learner(p_join, p_at);
  delete from gateway.learner_conflict c where c.reason = 'split' and c.learner_id = v_new and c.other_id = v_kept;
  return v_new;
end $$;
