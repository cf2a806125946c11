-- T-17: an engine knows an erasure by a number of its own, so that two engines do not find by it that they were told of the same person. What
-- engines may have been told already stays as it is.
alter table gateway.erasure_engine add column told_as uuid;
update gateway.erasure_engine set told_as = erasure_id;
alter table gateway.erasure_engine
  alter column told_as set default gen_random_uuid(),
  alter column told_as set not null,
  add constraint erasure_engine_told_as_key unique (client_id, told_as);
