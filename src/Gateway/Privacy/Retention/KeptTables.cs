namespace Gateway.Privacy.Retention;

/// <summary>A table that no clock empties: with what its rows go, and why not before (P-2.10).</summary>
/// <param name="Table">Its name; in the schema <c>gateway</c> unless it is named.</param>
/// <param name="Until">When its rows go, in plain words.</param>
/// <param name="Reason">Why they are needed until then.</param>
internal sealed record KeptTable(string Table, string Until, string Reason);

/// <summary>The tables that no rule of the clock deletes from, each with its reason. A table that is neither here nor in a rule fails a test.</summary>
internal static class KeptTables
{
    private const string District = "with the district (P-2.8)";
    private const string Engine = "with the engine";
    private const string Registration = "with the district (P-2.8), or with the registration";
    private const string Good = "kept for good";

    public static IReadOnlyList<KeptTable> All { get; } =
    [
        new("district_key", District, "pseudonyms and sealed scores hang on it; it is destroyed first"),
        new("district_closing", District, "how far the deletion of a district is"),
        new("registration", District, "how a platform and the gateway know each other; launches refer to it"),
        new("deployment", Registration, "where a platform has installed the tool"),
        new("tool_key_set", Registration, "the address under which platforms find the gateway's keys; the keys themselves go by the rule signing-keys"),
        new("legacy_consumer", Registration, "keeps the learners of links that moved from LTI 1.1"),
        new("feed_position", District, "the change feed's numbers never repeat"),
        new("engine_mapping", District, "what the district gave to which engine, and who decided: to be read back for any day"),
        new("webhook_position", District, "up to where an engine was told"),
        new("roster_source", District, "where the roster comes from; another source takes its place"),
        new("roster_policy", District, "what the district lets a run do"),
        new("roster_pause", District, "days of the district's calendar"),
        new("roster_retry", "with the first success, or when it is given up", "a source that does not answer is tried again"),
        new("district_contact", "on request, or with the district (P-2.8)", "who is told of the rosters; sealed"),
        new("policy_acceptance", District, "proof that an adult accepted a version of the privacy policy for the district (P-4.3)"),
        new("engine_client", Good, "an engine; nobody is in it; the id of one that was removed is never given again"),
        new("engine_credential", Engine, "how the engine proves who it is; until an operator removes it"),
        new("engine_webhook", Engine, "where an engine is told; a secret that signs no more goes by the rule webhook-secrets"),
        new("engine_agreement", Engine, "proof that an adult bound the engine by the data agreement (P-5.4)"),
        new("data_protection_key", Good, "the gateway's own keys, sealed; nobody is in them"),
        new("successor_key", Good, "what other gateways seal a district for, sealed; nobody is in it (P-3.7)"),
        new("blocked_person", "on request (privacy unblock), or with the district (P-2.8)", "who objected must not come in again (P-3.5)"),
        new("erasure", District, "that somebody was erased, and how much; the number that engines' ids are made of only until they confirmed (P-3.3)"),
        new("erasure_engine", District, "whether each engine has confirmed an erasure (P-3.3)"),
        new("certificate", Good, "signed statements of what was deleted; nobody is in them (P-3.4)"),
        new("retention_tally", "once a day, when the audit trail is told", "counts by rule"),
        new("incident", District, "how often something alarming happened, by kind; nobody is in it (P-5.7)"),
        new("audit_entry", Good, "proof of what was done and deleted; no student is in it (P-5.6)"),
        new("audit_head", Good, "where each chain of the audit trail ends"),
        new("audit_key", Good, "what the audit trail is hashed with, sealed"),
        new("migration", Good, "which migrations have run"),
        new("jobs.qrtz_job_details", District, "a district's nightly run, under the district's number; the gateway's own jobs"),
        new("jobs.qrtz_triggers", District, "when the nightly run is due"),
        new("jobs.qrtz_cron_triggers", District, "the schedule of a nightly run"),
        new("jobs.qrtz_simple_triggers", District, "further tries of a run, and the gateway's own rounds"),
        new("jobs.qrtz_simprop_triggers", Good, "the scheduler's own; not used"),
        new("jobs.qrtz_blob_triggers", Good, "the scheduler's own; not used"),
        new("jobs.qrtz_calendars", Good, "the scheduler's own; not used"),
        new("jobs.qrtz_paused_job_grps", Good, "the scheduler's own; not used"),
        new("jobs.qrtz_paused_trigger_grps", Good, "the scheduler's own; not used"),
        new("jobs.qrtz_fired_triggers", "when the job is done", "which replica runs which job"),
        new("jobs.qrtz_execution_history", Good, "the scheduler's own; not switched on, so it is empty"),
        new("jobs.qrtz_scheduler_state", "when a replica has been gone for a while", "which replicas are alive"),
        new("jobs.qrtz_job_status", District, "how a job stands, under the district's number"),
        new("jobs.qrtz_misfire_history", Good, "the scheduler's own; not switched on, so it is empty"),
        new("jobs.qrtz_locks", Good, "names of the scheduler's locks"),
    ];
}
