using Gateway.Privacy.Retention.Rules;

namespace Gateway.Privacy.Retention;

/// <summary>
/// Every rule, in the order in which a run keeps them: what refers to something goes before it. Teachers are on no list: their record goes
/// on request (P-2.2), or with the district.
/// </summary>
internal static class RetentionRules
{
    /// <summary>Kept once a day, district by district.</summary>
    public static IReadOnlyList<DistrictRule> OfDistricts { get; } =
    [
        new OldLaunches(),
        new OldScores(),
        new ParkedScores(),
        new PastEnrollments(),
        new PastClasses(),
        new PastTerms(),
        new PastSchools(),
        new UnlinkedStudents(),
        new InactiveStudents(),
        new OldChanges(),
        new OldConflicts(),
        new OldJoins(),
        new OldRosterRuns(),
        new WaitingRosters(),
        new OldAlerts(),
        new WebhookEvents(),
    ];

    /// <summary>Kept each minute.</summary>
    public static IReadOnlyList<ExpiryRule> OfMinutes { get; } =
    [
        new("spent-values", "P-2.7", "a nonce, launch, code or invitation that was used once", "when it expires, after minutes or hours", "spent_value"),
        new("client-assertions", "P-2.7", "an engine's proof of itself that was used once", "when it expires, after minutes", "client_assertion"),
        new("signing-keys", "P-2.7", "a key of the gateway's own that signs no more", "a week after its last signature; its private part at once", "signing_key"),
        new("webhook-secrets", "P-2.7", "the secret before the present one of an engine's webhook", "when it signs no more"),
    ];

    /// <summary>All of them, as they are told to people.</summary>
    public static IReadOnlyList<RetentionRule> All { get; } = [EndedDistrictRule.Instance, .. OfDistricts, .. OfMinutes];
}
