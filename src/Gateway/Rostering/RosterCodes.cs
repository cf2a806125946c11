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

    /// <summary>The district has no roster source.</summary>
    public const string NotConnected = "roster.not_connected";

    /// <summary>The file system does not let the gateway read the archive or folder.</summary>
    public const string Unreadable = "roster.unreadable";

    /// <summary>The CSV folder of the district does not exist.</summary>
    public const string FolderMissing = "roster.folder_missing";

    /// <summary>The CSV folder of the district holds neither a ZIP archive nor a manifest.</summary>
    public const string FolderEmpty = "roster.folder_empty";
}
