-- Everything that the role the gateway works as may do; run by the owner at each start, after the migrations.
-- The role owns nothing, so row-level security always binds it. %APP_ROLE% is its quoted name, %DATABASE% the database's.

revoke all on schema gateway from public;
revoke execute on all functions in schema gateway from public;

grant connect, temporary on database %DATABASE% to %APP_ROLE%;
grant usage on schema gateway to %APP_ROLE%;

-- Gateway-wide.
grant select, insert, update on gateway.engine_client, gateway.district, gateway.signing_key to %APP_ROLE%;
grant select, insert on gateway.engine_agreement, gateway.data_protection_key, gateway.successor_key to %APP_ROLE%;
grant select, insert, delete on gateway.engine_credential to %APP_ROLE%;
grant insert on gateway.client_assertion to %APP_ROLE%;
grant select, insert on gateway.audit_key to %APP_ROLE%;
grant select, insert, update, delete on gateway.engine_webhook to %APP_ROLE%;

-- Of a district: row-level security decides which rows.
grant select, insert, update, delete on
  gateway.district_key, gateway.registration, gateway.deployment, gateway.learner, gateway.learner_identity, gateway.launch,
  gateway.spent_value, gateway.score_delivery, gateway.roster_source, gateway.roster_run, gateway.roster_finding,
  gateway.roster_policy, gateway.roster_held,
  gateway.school, gateway.term, gateway.class, gateway.enrollment, gateway.legacy_consumer, gateway.tool_key_set to %APP_ROLE%;
grant select, insert, update, delete on
  gateway.roster_pause, gateway.roster_retry, gateway.district_contact, gateway.roster_alert, gateway.incident to %APP_ROLE%;
grant select, insert, update, delete on gateway.learner_conflict, gateway.learner_join to %APP_ROLE%;
grant select, insert, delete on gateway.blocked_person to %APP_ROLE%;
-- Erasures begin in gateway.erase_learner; certificates stay as they were signed.
grant select, update on gateway.erasure, gateway.erasure_engine to %APP_ROLE%;
grant select, insert on gateway.certificate to %APP_ROLE%;
grant select, insert, update, delete on gateway.webhook_position, gateway.webhook_event to %APP_ROLE%;
-- A roster run gives out the numbers of new rows before it writes them.
grant usage on sequence gateway.learner_id_seq, gateway.school_id_seq, gateway.term_id_seq, gateway.class_id_seq to %APP_ROLE%;
-- P-5.6: the audit trail only grows.
grant select, insert on gateway.audit_entry to %APP_ROLE%;
grant select, insert, update on gateway.audit_head to %APP_ROLE%;
-- What the retention clock counts is written by its functions.
grant select on gateway.district_closing to %APP_ROLE%;
-- Which version the schema has: asked by a gateway that starts without the owner's credentials.
grant select on gateway.migration to %APP_ROLE%;
grant select, delete on gateway.retention_tally to %APP_ROLE%;
-- The feed and what is given to engines are written forward only.
grant select, insert, update on gateway.feed_position to %APP_ROLE%;
grant select, insert on gateway.change, gateway.engine_mapping, gateway.policy_acceptance to %APP_ROLE%;

-- Functions. Those that run as the owner answer one question each across the districts.
grant execute on function
  gateway.find_registrations(text, text, integer),
  gateway.audience_is_of_another(integer, text, text),
  gateway.endpoint_key(text),
  gateway.published_key_sets(uuid),
  gateway.learn_of_platform(integer, text, text, timestamptz),
  gateway.let_deployment_wait(integer, text, integer, timestamptz),
  gateway.due_scores(timestamptz, integer),
  gateway.due_lanes(timestamptz, timestamptz, integer),
  gateway.untold_parked_scores(timestamptz),
  gateway.due_alerts(timestamptz, integer),
  gateway.roster_outlook(),
  gateway.find_score(text, uuid),
  gateway.engine_districts(text),
  gateway.engine_use(text),
  gateway.suspend_engine(text, boolean, timestamptz),
  gateway.remove_engine(text, timestamptz, text),
  gateway.skip_removed_engines(),
  gateway.hold_scores_of_suspended(),
  gateway.feed_positions(integer[]),
  gateway.shared_fields(),
  gateway.begin_webhook(text),
  gateway.unannounced_feeds(),
  gateway.due_webhooks(timestamptz, integer),
  gateway.replay_webhooks(text, uuid, text, timestamptz, timestamptz),
  gateway.webhook_events(text, text, integer),
  gateway.webhook_counts(text),
  gateway.accepted_policies(integer[]),
  gateway.untold_policies(integer),
  gateway.third_parties(),
  gateway.usage_by_district(timestamptz, timestamptz),
  gateway.append_changes(text, bigint[], bigint[], text, timestamptz),
  gateway.class_is_over(gateway.class, date),
  gateway.delete_past_enrollments(date, date, timestamptz, integer),
  gateway.delete_changes(timestamptz, integer),
  gateway.delete_of_district(integer, timestamptz, integer),
  gateway.delete_district(integer, timestamptz),
  gateway.count_expired(text, timestamptz),
  gateway.delete_expired(text, timestamptz),
  gateway.rekey_people(smallint[], uuid[], uuid[], smallint, timestamptz),
  gateway.key_shares(),
  gateway.seal_headers(),
  gateway.audit_chains(),
  gateway.untold_incidents(timestamptz),
  gateway.never_given(text, text),
  gateway.refuse_blocked(uuid[]),
  gateway.refuse_blocked_identity(),
  gateway.erase_learner(bigint, uuid, text, timestamptz),
  gateway.erasure_district(text, text),
  gateway.overdue_erasures(timestamptz, timestamptz),
  gateway.current_district(),
  gateway.append_change(integer, text, bigint, bigint, text, timestamptz),
  gateway.merge_learners(bigint, bigint, timestamptz),
  gateway.link_learner(integer, uuid, uuid, uuid, text, smallint, timestamptz),
  gateway.subject_clash(bigint, bigint, text),
  gateway.has_subject_of(bigint, text),
  gateway.has_identity(bigint, smallint),
  gateway.join_conflict(bigint, bigint),
  gateway.attach_conflict(bigint, bigint, text, text, boolean),
  gateway.note_conflict(integer, bigint, bigint, text, date),
  gateway.join_learners(bigint, bigint, text, integer, timestamptz),
  gateway.join_same_person(bigint, bigint, timestamptz),
  gateway.take_back_sis(bigint, uuid, text, timestamptz),
  gateway.split_learner(bigint, timestamptz),
  gateway.split_by_roster(bigint, timestamptz),
  gateway.untold_conflicts(),
  gateway.record_known_launches(integer, uuid[], timestamptz[], uuid[], integer[], text[], text[], uuid[], uuid[], uuid[], timestamptz[]),
  gateway.record_launch(uuid, timestamptz, uuid, integer, text, text, text, uuid, uuid, uuid, uuid, smallint, timestamptz),
  gateway.record_launch(uuid, timestamptz, uuid, integer, text, text, text, uuid, uuid, smallint, timestamptz) to %APP_ROLE%;
