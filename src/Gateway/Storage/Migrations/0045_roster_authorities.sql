-- S-10: the certificates of authorities that vouch for a district's OneRoster server in addition to the machine's own, as PEM. They are public.
alter table gateway.roster_source
  add column ca_certificates text,
  add constraint roster_source_ca_check check (ca_certificates is null or binding = 'rest');
