namespace Gateway.Rostering;

/// <summary>What the pipeline's own codes say to an operator: what happened and what to do.</summary>
internal static class RosterMessages
{
    public static Failure Failure(string code) => new(code, For(code));

    private static string For(string code) => code switch
    {
        RosterCodes.AlreadyRunning => "Another run of this district is under way: wait for it, see `roster runs`.",
        RosterCodes.Interrupted => "The process of the run died before its end. Nothing was changed; run it again.",
        RosterCodes.Cancelled => "The run was stopped before its end. Nothing was changed; run it again.",
        RosterCodes.Broken => "The run failed inside the gateway. Nothing was changed; the log of the gateway has the reason.",
        RosterCodes.CollectionEmpty => "The roster holds no usable organisation, user, class or enrollment: applying it would end everybody's access. "
            + "Nothing was changed; check the export at the source.",
        RosterCodes.RemovesTooMuch => "The run would remove more than the district allows without somebody looking first.",
        RosterCodes.ChangesTooMuch => "The run would change more than the district allows without somebody looking first.",
        RosterCodes.MergesTooMany => "The run would make people one, more of them than the district allows without somebody looking first: check what says who is one person, "
            + "and the column of it in the export.",
        RosterCodes.SplitsTooMany => "People whom a roster made one would be several again, more of them than the district allows without somebody looking first.",
        RosterCodes.TermEmptied => "A term would lose all its classes, or a new term came without any while classes went.",
        RosterCodes.NothingWaits => "No run of this district waits for approval: see `roster runs`.",
        RosterCodes.DoesNotWait => "The run does not wait for approval: it was approved or replaced by a later run, or it is out of date. See `roster runs`.",
        RosterCodes.HeldOutdated => "What the run held is gone: the gateway was updated, or the district switched off a field that it gave to an engine. "
            + "Run the roster again, then approve that run.",
        RosterCodes.ContractEnded => "The district's contract is over: no roster is taken in any more, see `district contract`.",
        RosterCodes.NotConnected => "The district has no roster source: use `roster connect` first.",
        RosterCodes.Unreadable => "The archive or folder cannot be read: check that it exists and that the gateway's account may read it.",
        RosterCodes.FolderMissing => "The district's CSV folder does not exist: check `roster connect`.",
        RosterCodes.FolderEmpty => "The district's CSV folder holds neither a ZIP archive nor a manifest.csv.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a code of the pipeline."),
    };
}
