namespace Gateway.Privacy;

/// <summary>What is wrong with a chain of the audit trail.</summary>
internal enum AuditBreakKind
{
    /// <summary>An entry does not say any more what it said, or the head was put back.</summary>
    Changed,

    /// <summary>An entry is gone, and later ones are there.</summary>
    Removed,

    /// <summary>An entry that the gateway did not write.</summary>
    Inserted,

    /// <summary>An entry stands where another one stood.</summary>
    Reordered,

    /// <summary>An entry of another chain.</summary>
    Moved,

    /// <summary>The chain's last entries are gone.</summary>
    Cut,
}

/// <summary>The first place at which a chain is not what the gateway wrote; what follows it is not vouched for.</summary>
internal sealed record AuditBreak(long Sequence, AuditBreakKind Kind)
{
    public string Says => Kind switch
    {
        AuditBreakKind.Removed => "was removed",
        AuditBreakKind.Inserted => "was inserted",
        AuditBreakKind.Reordered => "stands in another's place",
        AuditBreakKind.Moved => "comes from another chain",
        AuditBreakKind.Cut => "and what followed were cut off",
        _ => "was changed",
    };
}

/// <summary>One chain as it was found.</summary>
/// <param name="Chain">The district's number; 0 for the gateway's own chain.</param>
/// <param name="District">The district's slug; null for the gateway's own chain and for a district that is gone.</param>
/// <param name="Entries">How many entries are as they were written, from the first on.</param>
/// <param name="Head">The last of them; null where there is none.</param>
/// <param name="Break">Null: the chain is intact.</param>
internal sealed record AuditChainState(int Chain, string? District, long Entries, AuditMark? Head, AuditBreak? Break);

/// <summary>The chains that were asked for, and where the gateway's own chain says that the others ended.</summary>
internal sealed record AuditReport(IReadOnlyList<AuditChainState> Chains, IReadOnlyDictionary<int, AuditMark> Recorded)
{
    public bool IsIntact => Chains.All(chain => chain.Break is null);
}
