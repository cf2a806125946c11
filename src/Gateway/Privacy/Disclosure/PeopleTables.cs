namespace Gateway.Privacy.Disclosure;

/// <summary>The tables with rows about people. Nothing in them says who somebody is: hashes under a key of the district, numbers, dates.</summary>
internal static class PeopleTables
{
    private const string Nobody = "nobody: it stays in the gateway";
    private const string Engine = "the practice engine, under an id of the engine's own";

    public static IReadOnlyList<RecordedTable> All { get; } =
    [
        new("learner", Subject.Child, "A student or teacher, as a number", "to know somebody again without knowing who it is", Engine,
            new RecordedColumns("id district_id", "a number of the gateway's own, and the district's"),
            new RecordedColumns("role", "student or teacher"),
            new RecordedColumns("grades", "a student's grade levels, while the district gives them to an engine; otherwise empty"),
            new RecordedColumns("first_seen last_seen last_launch", "days: first and last seen, last launch"),
            new RecordedColumns("on_roster roster_ended", "whether on the district's roster, or since when no more")),
        new("learner_identity", Subject.Child, "Hashes that lead to a student or teacher", "to know somebody again at the next sign-in or roster", Nobody,
            new RecordedColumns("district_id learner_id", "whose hash it is, as numbers"),
            new RecordedColumns("kind", "of what it is a hash: the sign-in, the roster's id, or the id of LTI 1.1"),
            new RecordedColumns("hash key_version", "the keyed hash (HMAC-SHA-256, 128 bits), and which key it was made with")),
        new("launch", Subject.Child, "That somebody opened the practice product", "to answer for what happened, and to count use", Nobody,
            new RecordedColumns("id district_id learner_id registration_id", "who, from which platform, as numbers"),
            new RecordedColumns("message_type launched_at", "what kind of launch, and when")),
        new("score_delivery", Subject.Child, "That a score was sent to the gradebook", "to deliver each score once, in order", "the platform's gradebook, which the score is for",
            new RecordedColumns("id district_id learner_id registration_id client_id", "whose score, for which platform, from which engine, as numbers"),
            new RecordedColumns("idempotency_hash content_hash lane ordinal", "keyed hashes that recognise a repeated score and keep scores in order"),
            new RecordedColumns("sealed_score", "the score, sealed under the district's key; empty once it is delivered"),
            new RecordedColumns("state attempts next_attempt_at accepted_at finished_at code platform_status platform_reason", "how the delivery stands, and when it was tried")),
        new("enrollment", Subject.Child, "Who is in a class", "to tell the engine a class's students and teachers", Engine,
            new RecordedColumns("district_id class_id learner_id", "who is in which class, as numbers"),
            new RecordedColumns("role starts_on ends_on ended_on", "as student or teacher, from when until when")),
        new("change", Subject.Child, "The change feed: which row changed", "to tell the engine what to fetch again", Engine,
            new RecordedColumns("district_id sequence client_id", "the place in the feed, and for which engine"),
            new RecordedColumns("entity entity_id other_id", "which row, as a number"),
            new RecordedColumns("kind changed_at", "added, changed, ended or merged, and when")),
        new("roster_held", Subject.Child, "A roster that waits for an approval", "so that a person can look before much is changed", Nobody,
            new RecordedColumns("run_id district_id part piece", "of which run, and which part of it"),
            new RecordedColumns("bytes", "the checked roster: hashes, roles, dates, and the fields that the district switched on")),
        new("engine_agreement", Subject.Adult, "Who accepted an engine's data agreement", "proof that an adult bound the engine (P-5.4)", Nobody,
            new RecordedColumns("client_id version", "which engine, which version"),
            new RecordedColumns("accepted_by accepted_at", "the name of the adult, and when")),
        new("engine_mapping", Subject.Adult, "What a district gives to an engine, and who decided", "so that a decision can be read back for any day", Nobody,
            new RecordedColumns("district_id client_id version", "which district and engine, and the how manieth decision"),
            new RecordedColumns("enabled fields role_words grade_words agreement_version", "what is given, and in which words"),
            new RecordedColumns("changed_by changed_at", "the name of the adult, and when")),
        new("district_contact", Subject.Adult, "Where a district's administrator is told", "to tell of rosters and incidents", "the mail server",
            new RecordedColumns("district_id created_at", "of which district, since when"),
            new RecordedColumns("sealed_address", "an e-mail address at work, sealed")),
        new("audit_entry", Subject.Adult, "The audit trail: what was done", "proof of what was done, and by which kind of user", "the district, its own entries",
            new RecordedColumns("district_id sequence at", "the place in the trail, and when"),
            new RecordedColumns("actor action details", "who acted (operator, gateway, engine), what was done, counts and codes, and the name of an adult who accepted something; no student"),
            new RecordedColumns("previous hash", "hashes that show when an entry is changed or missing")),
    ];
}
