namespace Gateway.Privacy.Rights;

/// <summary>A table that holds something of a learner, and what of it is given to whoever asks (P-3.1).</summary>
/// <param name="Name">The table's name.</param>
/// <param name="From">From where, for the learner @learner.</param>
/// <param name="Given">The columns that are given.</param>
/// <param name="Withheld">The columns that are not: numbers of the gateway's own, pseudonyms and sealed values, which say nothing to anybody.</param>
internal sealed record PersonTable(string Name, string From, IReadOnlyList<string> Given, IReadOnlyList<string> Withheld)
{
    /// <summary>Columns of other tables that make a row readable: SQL and name.</summary>
    public IReadOnlyList<(string Sql, string Name)> Beside { get; init; } = [];
}

/// <summary>Every table in which something of a learner may stand. A test compares this list with the model: a new table or column fails it.</summary>
internal static class PersonTables
{
    public static IReadOnlyList<PersonTable> All { get; } =
    [
        new("learner", "gateway.learner t where t.id = @learner",
            ["role", "grades", "first_seen", "last_seen", "last_launch", "roster_ended", "on_roster"], ["id", "district_id"]),
        new("learner_identity", "gateway.learner_identity t where t.learner_id = @learner", ["kind", "key_version", "registration_id"], ["district_id", "hash", "learner_id", "id"]),
        new("enrollment", """
            gateway.enrollment t join gateway.class c on c.id = t.class_id left join gateway.school s on s.id = c.school_id where t.learner_id = @learner
            """, ["role", "starts_on", "ends_on", "ended_on"], ["district_id", "class_id", "learner_id"])
        {
            Beside = [("c.kind", "class_kind"), ("c.title", "class_title"), ("c.subjects", "class_subjects"), ("s.name", "school_name")],
        },
        new("launch", "gateway.launch t left join gateway.registration r on r.id = t.registration_id where t.learner_id = @learner",
            ["registration_id", "message_type", "launched_at"], ["id", "district_id", "learner_id"])
        {
            Beside = [("r.issuer", "platform")],
        },
        new("score_delivery", "gateway.score_delivery t where t.learner_id = @learner",
            ["client_id", "registration_id", "state", "attempts", "next_attempt_at", "accepted_at", "finished_at", "code", "platform_status", "platform_reason",
                "graded", "stated_at", "offered_at", "sent_at", "unanswered", "resent"],
            ["id", "district_id", "idempotency_hash", "content_hash", "learner_id", "lane", "ordinal", "sealed_score"]),
        new("learner_conflict", "gateway.learner_conflict t where t.learner_id = @learner or t.other_id = @learner",
            ["registration_id", "reason", "first_seen", "last_seen", "seen"], ["id", "district_id", "learner_id", "other_id", "told", "audited"]),
        new("learner_join", "gateway.learner_join t where t.kept_id = @learner",
            ["registration_id", "cause", "joined_at", "first_seen", "last_seen"], ["id", "district_id", "kept_id", "dropped_id", "identities", "launches", "scores", "classes"]),
        new("change", """
            gateway.change t where t.district_id = gateway.current_district()
              and ((t.entity = 'learner' and (t.entity_id = @learner or t.other_id = @learner)) or (t.entity = 'enrollment' and t.other_id = @learner))
            """, ["entity", "kind", "changed_at", "client_id"], ["district_id", "sequence", "entity_id", "other_id"]),
    ];

    /// <summary>Tables that name a learner's number and hold nothing of a learner there is.</summary>
    public static IReadOnlyDictionary<string, string> OfNobody { get; } = new Dictionary<string, string>
    {
        ["erasure"] = "the number of a learner who was erased, until the engines have confirmed",
    };
}
