using System.Globalization;

namespace Gateway.Tests.Storage;

/// <summary>Two districts with a row in every table.</summary>
internal static class TwoDistricts
{
    public static async Task<(int One, int Other)> AddAsync(MigratedDatabase migrated)
    {
        await migrated.Database.ExecuteAsync("""
            insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, sealed_id_key, created_at)
            values ('engine', 'https://e.example', '{}', '\x00', '\x00', now()) on conflict do nothing;
            insert into gateway.engine_webhook (client_id, url, sealed_secret, created_at) values ('engine', 'https://e.example/webhook', '\x00', now()) on conflict do nothing
            """);
        return (await AddAsync(migrated, "one"), await AddAsync(migrated, "other"));
    }

    private static async Task<int> AddAsync(MigratedDatabase migrated, string slug)
    {
        var district = await migrated.Database.AskAsync<int>(
            $"insert into gateway.district (slug, name, time_zone, created_at) values ('{slug}', '{slug}', 'UTC', now()) returning id");
        var d = district.ToString(CultureInfo.InvariantCulture);
        await migrated.Database.ExecuteAsync($"""
            insert into gateway.district_key (district_id, version, sealed_key, active_from, created_at) values ({d}, 1, '\x00', now(), now());
            insert into gateway.roster_source (district_id, binding, csv_folder, schedule, created_at) values ({d}, 'csv', '/nowhere', '0 0 3 * * ?', now());
            insert into gateway.roster_pause (district_id, first_day, last_day, reason, created_at) values ({d}, now(), now(), 'summer', now());
            insert into gateway.roster_retry values ({d}, now(), 1, now(), 'rest.unavailable');
            insert into gateway.district_contact values ({d}, '\x00', now());
            insert into gateway.roster_alert (district_id, kind, event, subject, body, next_attempt_at, created_at) values ({d}, 'failed', '1', '', '', now(), now());
            insert into gateway.audit_entry values ({d}, 1, now(), 'operator', 'test.done', '{"{}"}', '\x00', '\x00');
            insert into gateway.audit_head values ({d}, 1, '\x00', '\x00');
            insert into gateway.blocked_person values ({d}, 1, gen_random_uuid(), 1, gen_random_uuid(), now());
            insert into gateway.erasure values (gen_random_uuid(), {d}, 1, now(), 'request', '{"{}"}');
            insert into gateway.erasure_engine select id, {d}, 'engine', null, null from gateway.erasure where district_id = {d};
            insert into gateway.certificate values (gen_random_uuid(), {d}, 'erasure', null, now(), '');
            insert into gateway.policy_acceptance values ({d}, 1, 'A Test', now());
            insert into gateway.district_closing values ({d}, 'launch', 1);
            insert into gateway.incident (district_id, kind, first_at, last_at) values ({d}, 'tenant_breach', now(), now());
            insert into gateway.feed_position values ({d}, 1);
            insert into gateway.change values ({d}, 1, 'learner', 1, null, 'added', now());
            insert into gateway.engine_mapping values ({d}, 'engine', 1, true, '{"{role}"}', '{"{}"}', '{"{}"}', '1', 'A Test', now());
            insert into gateway.webhook_position values ({d}, 'engine', 1);
            insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at)
              values (gen_random_uuid(), {d}, 'engine', 'roster.changed', now(), 'pending', now(), now());
            insert into gateway.spent_value values (gen_random_uuid(), {d}, now());
            insert into gateway.school (district_id, source, key_version) values ({d}, gen_random_uuid(), 1);
            insert into gateway.term (district_id, source, key_version, kind, starts_on, ends_on) values ({d}, gen_random_uuid(), 1, 'term', now(), now());
            insert into gateway.class (district_id, source, key_version, school_id, kind, term_ids)
              select {d}, gen_random_uuid(), 1, id, 'scheduled', '{"{}"}' from gateway.school where district_id = {d};
            insert into gateway.learner (district_id, role, first_seen, last_seen) values ({d}, 'student', now(), now());
            insert into gateway.learner_identity select {d}, 1, gen_random_uuid(), 1, id from gateway.learner where district_id = {d};
            insert into gateway.learner_conflict (district_id, learner_id, reason, first_seen, last_seen) select {d}, id, 'role', now(), now() from gateway.learner where district_id = {d};
            insert into gateway.learner_join (district_id, kept_id, cause, joined_at, first_seen, last_seen) select {d}, id, 'launch', now(), now(), now() from gateway.learner where district_id = {d};
            insert into gateway.enrollment (district_id, class_id, learner_id, role)
              select {d}, c.id, l.id, 'student' from gateway.class c, gateway.learner l where c.district_id = {d} and l.district_id = {d};
            insert into gateway.registration (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at)
              values ({d}, 'other', 'https://{slug}.example', 'client', 'https://a', 'https://{slug}.example/t', 'https://j', 'n', false, now());
            insert into gateway.deployment select {d}, id, '1', now() from gateway.registration where district_id = {d};
            insert into gateway.tool_key_set values (gen_random_uuid(), {d}, 'other', now());
            insert into gateway.legacy_consumer select {d}, id, 'key', '\x00', now() from gateway.registration where district_id = {d};
            insert into gateway.launch select gen_random_uuid(), {d}, l.id, r.id, 'LtiResourceLinkRequest', now()
              from gateway.learner l, gateway.registration r where l.district_id = {d} and r.district_id = {d};
            insert into gateway.score_delivery (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, state, next_attempt_at, accepted_at)
              select gen_random_uuid(), {d}, 'engine', gen_random_uuid(), gen_random_uuid(), l.id, r.id, gen_random_uuid(), 'pending', now(), now()
              from gateway.learner l, gateway.registration r where l.district_id = {d} and r.district_id = {d};
            insert into gateway.roster_run (district_id, trigger, dry_run, state, phase, started_at) values ({d}, 'import', false, 'running', 'read', now());
            insert into gateway.roster_policy (district_id) values ({d});
            insert into gateway.roster_held select id, {d}, 'part', 0, '\x00' from gateway.roster_run where district_id = {d};
            insert into gateway.roster_finding select id, {d}, 'rule', 'error', 'users', '', 1, 1 from gateway.roster_run where district_id = {d};
            """);
        return district;
    }
}
