namespace Gateway.Privacy.Retention;

/// <summary>
/// A rule about rows of a district, asked once a day in the sight of that district. Both statements see the parameters of
/// <see cref="RetentionMoment"/>, and must find the same rows: what a dry run counts is what a run deletes.
/// </summary>
internal abstract class DistrictRule(string code, string requirement, string what, string when, params string[] tables)
    : RetentionRule(code, requirement, what, when, tables)
{
    /// <summary>A query of one value: how many rows are due.</summary>
    public abstract string Count { get; }

    /// <summary>Deletes at most <c>@limit</c> of them and answers how many.</summary>
    public abstract string Delete { get; }

    /// <summary>
    /// Whether it touches what a roster run compares. It then holds the learner lock, as whoever makes one learner of two, and a run that has
    /// compared already compares again (docs/adr/0029).
    /// </summary>
    public virtual bool TouchesRoster => false;
}
