namespace Gateway.Rostering;

/// <summary>What to run. A dry run reads, checks and compares, and applies nothing .</summary>
internal sealed record RosterRunRequest(int District, RosterTrigger Trigger, bool DryRun)
{
    /// <summary>Ends nothing: what the source no longer has stays .</summary>
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
}
