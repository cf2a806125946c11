namespace Gateway.Rostering;

/// <summary>What to run. A dry run reads, checks and compares, and applies nothing .</summary>
internal sealed record RosterRunRequest(int District, RosterTrigger Trigger, bool DryRun)
{
    /// <summary>A person has looked at what it would do: it does not wait, whatever it removes .</summary>
    public bool Approved { get; init; }

    /// <summary>The waiting run whose roster is applied; it is not read again.</summary>
    public long? Approves { get; init; }

    /// <summary>Nothing is changed or removed: a pause window of the district .</summary>
    public bool AdditionsOnly { get; init; }
}

/// <summary>Who asked for a run.</summary>
internal enum RosterTrigger
{
    /// <summary>The district's schedule.</summary>
    Schedule,

    /// <summary>A person, by command or console.</summary>
    Command,

    /// <summary>A person who brought the files along.</summary>
    Import,

    /// <summary>A person who approved a run that waited.</summary>
    Approval,
}
