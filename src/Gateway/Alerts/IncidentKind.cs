namespace Gateway.Alerts;

/// <summary>What counts as an incident (P-5.7), and what is said of it.</summary>
internal sealed record IncidentKind
{
    private IncidentKind(string name, string subject, IReadOnlyList<string> says, bool concernsAll = false) =>
        (Name, Subject, Says, ConcernsAll) = (name, subject, says, concernsAll);

    /// <summary>A chain of the audit trail is not what the gateway wrote.</summary>
    public static IncidentKind AuditBroken { get; } = new(
        "audit_broken", "the audit trail does not verify",
        ["A chain of the audit trail is not any more what the gateway wrote: somebody changed the database past the gateway.",
         "Keep a copy of the database as it is, find out who had access to it, and compare with a backup."],
        concernsAll: true);

    /// <summary>Something of one district was used for another, or by an engine that the district never let in.</summary>
    public static IncidentKind TenantBreach { get; } = new(
        "tenant_breach", "attempts to reach into this district",
        ["A code, ticket or id that belongs to this district was used where it does not belong, or an engine that this district never enabled",
         "asked for it again and again. Each was refused, and nothing was given. Ask the engine's operator what the engine is doing."]);

    /// <summary>Launches with forged tokens, again and again, through one registration.</summary>
    public static IncidentKind ForgedTokens { get; } = new(
        "forged_tokens", "forged sign-ins, again and again",
        ["Launches arrived whose tokens were not signed by the platform that they name. Each was refused, and nothing was stored.",
         "If the platform changed its keys or its key address, its registration has to follow; else somebody tries to get in."]);

    /// <summary>A backup could not be verified.</summary>
    public static IncidentKind BackupFailed { get; } = new(
        "backup_failed", "a backup could not be verified",
        ["The check of the gateway's backup failed: what was written since the last good one could be lost. The operator has to act."],
        concernsAll: true);

    /// <summary>An engine did not confirm that it erased somebody.</summary>
    public static IncidentKind ErasureOverdue { get; } = new(
        "erasure_overdue", "an erasure that the engine has not confirmed",
        ["A person was erased here more than seven days ago, and the engine has not confirmed yet that it erased its own copy.",
         "Ask the engine's operator. This is told once a day until it is confirmed."]);

    /// <summary>An installation of the tool that nobody approved launches.</summary>
    public static IncidentKind UnknownDeployment { get; } = new(
        "unknown_deployment", "the tool was installed once more, and nobody has approved it",
        ["The learning platform launches from an installation (a deployment) that is not approved here. Each launch was refused, and nothing was stored.",
         "`platform deployment DISTRICT ID list` shows what waits. Approve it if it is the district's own; if not, another customer of the platform has installed the tool."])
    {
        ToldEvery = TimeSpan.FromDays(1),
    };

    /// <summary>A launch names a gradebook column at a host that is not the platform's.</summary>
    public static IncidentKind LineItemElsewhere { get; } = new(
        "line_item_elsewhere", "grades would go to another host",
        ["A launch names a gradebook column at another host than those before. The student got in, and no score is sent to that host.",
         "`platform list DISTRICT` shows where the platform's columns are. If the platform has moved: `platform line-items DISTRICT ID ORIGIN`."])
    {
        ToldEvery = TimeSpan.FromDays(1),
    };

    public static IReadOnlyList<IncidentKind> All { get; } =
        [AuditBroken, TenantBreach, ForgedTokens, BackupFailed, ErasureOverdue, UnknownDeployment, LineItemElsewhere];

    /// <summary>As the table <c>incident</c> writes it; stable.</summary>
    public string Name { get; }

    public string Subject { get; }

    public IReadOnlyList<string> Says { get; }

    /// <summary>One mail of this kind within this time; what happens meanwhile is counted in the next.</summary>
    public TimeSpan ToldEvery { get; private init; } = TimeSpan.FromHours(1);

    /// <summary>Where it concerns the gateway as a whole, every district is told.</summary>
    public bool ConcernsAll { get; }

    public static IncidentKind Of(string name) => All.Single(kind => kind.Name == name);
}
