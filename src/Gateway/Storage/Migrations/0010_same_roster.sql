-- By which a run knows the roster of the one before it: what was read is the same, byte for byte, and nobody changed anything since.

alter table gateway.roster_run
  add digest   bytea check (octet_length(digest) = 32),   -- SHA-256 of the staged rows and of what else decides; runs that applied all of a roster
  add position bigint,                                    -- of the change feed when that run was done
  add same_as  bigint references gateway.roster_run on delete set null,   -- the run whose comparison holds for this one too
  add check ((digest is null) = (position is null));
create index roster_run_same_as on gateway.roster_run (same_as) where same_as is not null;
