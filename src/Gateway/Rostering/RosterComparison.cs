using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Rostering;

/// <summary>Before and after a run, so that a person can decide. Counts and codes only.</summary>
/// <param name="Types">Each type, in the order school, term, class, learner, enrollment.</param>
/// <param name="Reasons">Why the run waits, or would; empty when it need not.</param>
/// <param name="Schools">The schools with the most classes removed, at most five, the most first.</param>
internal sealed record RosterComparison(
    IReadOnlyList<RosterTypeComparison> Types, IReadOnlyList<RosterWaitReason> Reasons, IReadOnlyList<RosterSchoolShare> Schools)
{
    /// <summary>People who would become one, or two again; null where there are none.</summary>
    public PeopleChanges? People { get; init; }

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The comparison of the same roster with what this one left.</summary>
    public RosterComparison Again() => new([.. Types.Select(type => new RosterTypeComparison(type.Entity, type.After, 0, 0, 0))], [], []);

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public static RosterComparison? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<RosterComparison>(json, Format);
}

/// <summary>One type before and after. What comes back after it had ended counts as added; what is past by the district's term settings as neither.</summary>
internal sealed record RosterTypeComparison(string Entity, long Before, long Added, long Changed, long Removed)
{
    public long After => Before + Added - Removed;

    /// <summary>In percent of what was there before; 0 when nothing was.</summary>
    public decimal RemovedPercent => PercentOf(Removed);

    /// <inheritdoc cref="RemovedPercent"/>
    public decimal ChangedPercent => PercentOf(Changed);

    private decimal PercentOf(long count) => Before == 0 ? 0 : 100m * count / Before;
}

/// <summary>Why a run waits.</summary>
/// <param name="Code">A code of <see cref="RosterCodes"/>.</param>
/// <param name="Subject">The type or collection.</param>
/// <param name="Percent">What it would be, where it is a share.</param>
/// <param name="Limit">What the district allows.</param>
internal sealed record RosterWaitReason(string Code, string Subject, decimal? Percent, decimal? Limit)
{
    /// <summary>How many it would be, where the number counts as well as the share.</summary>
    public long? Count { get; init; }

    /// <summary>How many the district allows.</summary>
    public long? Most { get; init; }
}

/// <summary>How many of a school's classes would go. The id is the gateway's own: a report outlives the district's decision to keep names.</summary>
internal sealed record RosterSchoolShare(long School, long ClassesBefore, long ClassesRemoved);
