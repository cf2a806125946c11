namespace Gateway.Rostering;

/// <summary>Why a roster run failed, where the pipeline itself says so. A source's own codes (<c>csv.…</c>, <c>rest.…</c>) come next to these.</summary>
internal static class RosterCodes
{
    /// <summary>Another run of the district is under way, here or in another replica.</summary>
    public const string AlreadyRunning = "roster.already_running";

    /// <summary>The process of the run died; found by the next run.</summary>
    public const string Interrupted = "roster.interrupted";

    /// <summary>The run was stopped from outside (the gateway shut down).</summary>
    public const string Cancelled = "roster.cancelled";

    /// <summary>A bug or lost infrastructure; the log has it.</summary>
    public const string Broken = "roster.broken";

    /// <summary>The roster holds no organisation, user, class or enrollment that can be used: applying it would end everything.</summary>
    public const string CollectionEmpty = "roster.collection_empty";

    /// <summary>The run would remove more of a type than the district allows without a person's approval.</summary>
    public const string RemovesTooMuch = "roster.removes_too_much";

    /// <summary>The run would change more of a type than the district allows without a person's approval.</summary>
    public const string ChangesTooMuch = "roster.changes_too_much";

    /// <summary>The run would make more people one than the district allows without a person's approval.</summary>
    public const string MergesTooMany = "roster.merges_too_many";

    /// <summary>The run would split more people whom a roster had made one than the district allows without a person's approval.</summary>
    public const string SplitsTooMany = "roster.splits_too_many";

    /// <summary>A term that goes on had classes and has none any more, or a new one came without any while classes went.</summary>
    public const string TermEmptied = "roster.term_emptied";

    /// <summary>No run of the district waits for approval.</summary>
    public const string NothingWaits = "roster.nothing_waits";

    /// <summary>The run that was named does not wait for approval.</summary>
    public const string DoesNotWait = "roster.does_not_wait";

    /// <summary>What was held of the waiting run is not of this version of the gateway.</summary>
    public const string HeldOutdated = "roster.held_outdated";

    /// <summary>The district's contract is over: nothing new is taken in (P-2.8).</summary>
    public const string ContractEnded = "roster.contract_ended";

    /// <summary>The district has no roster source.</summary>
    public const string NotConnected = "roster.not_connected";

    /// <summary>The file system does not let the gateway read the archive or folder.</summary>
    public const string Unreadable = "roster.unreadable";

    /// <summary>The CSV folder of the district does not exist.</summary>
    public const string FolderMissing = "roster.folder_missing";

    /// <summary>The CSV folder of the district holds neither a ZIP archive nor a manifest.</summary>
    public const string FolderEmpty = "roster.folder_empty";
}
