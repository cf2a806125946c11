namespace Gateway.Privacy;

/// <summary>One thing that was done (P-5.6). Never who it was done to: slugs, codes, counts, versions.</summary>
/// <param name="Actor"><c>operator</c> (the command line), <c>gateway</c> (a job), <c>engine:CLIENT</c> or <c>platform</c>.</param>
/// <param name="Action">A dotted code, such as <c>district.added</c>; never renamed.</param>
/// <param name="Details">Short values that say which and how many. One that could be an address of a person is withheld.</param>
internal sealed record AuditEntry(string Actor, string Action, IReadOnlyDictionary<string, string>? Details = null)
{
    /// <summary>Whoever types commands.</summary>
    public const string Operator = "operator";

    /// <summary>A job of the gateway's own.</summary>
    public const string Gateway = "gateway";

    /// <summary>An LMS that registered itself.</summary>
    public const string Platform = "platform";

    /// <summary>An engine, by its client id.</summary>
    public static string Engine(string client) => $"engine:{client}";

    /// <summary>Done by an operator; the details as pairs, those without a value left out.</summary>
    public static AuditEntry ByOperator(string action, params ReadOnlySpan<(string Name, string? Value)> details) => Of(Operator, action, details);

    /// <summary>Done by the gateway itself.</summary>
    public static AuditEntry ByGateway(string action, params ReadOnlySpan<(string Name, string? Value)> details) => Of(Gateway, action, details);

    /// <summary>Done by whoever is named; the details as pairs, those without a value left out.</summary>
    public static AuditEntry Of(string actor, string action, params ReadOnlySpan<(string Name, string? Value)> details)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
            if (value is not null)
                said[name] = value;
        return new AuditEntry(actor, action, said);
    }
}
