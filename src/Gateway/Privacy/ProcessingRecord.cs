using Gateway.Privacy.Disclosure;
using Gateway.Privacy.Retention;

namespace Gateway.Privacy;

/// <summary>
/// The record of processing (P-4.1): what is read, kept, given and deleted. Made from the allow-lists, the declarations of the tables (which a
/// test holds against the model) and the retention rules; nothing of it is written by hand a second time.
/// </summary>
/// <param name="Version">The version of the privacy policy.</param>
/// <param name="LastUpdated">Its day.</param>
/// <param name="Kept">What the database holds, table by table.</param>
/// <param name="Read">What is read of launches and rosters, field by field.</param>
/// <param name="Never">What no setting can switch on.</param>
internal sealed record ProcessingRecord(int Version, DateOnly LastUpdated, IReadOnlyList<KeptData> Kept, IReadOnlyList<PolicyField> Read, IReadOnlyList<string> Never)
{
    public static IReadOnlyList<string> NeverRead { get; } =
    [
        "names of people", "e-mail addresses", "user names", "passwords", "student numbers", "phone numbers", "birth dates", "sex", "race and ethnicity", "disability",
        "income status", "language status", "data about parents and guardians", "network addresses of visitors", "cookies for tracking",
    ];

    public static ProcessingRecord Of(PrivacyPolicy policy) => new(
        policy.Current.Number, policy.Current.Updated, [.. RecordedTables.All.Select(KeptData.Of)], [.. policy.Fields()], NeverRead);
}

/// <summary>One table, in plain words.</summary>
/// <param name="About">child, adult, school or gateway.</param>
/// <param name="Table">Its name.</param>
/// <param name="Title">What its rows are.</param>
/// <param name="Purpose">Why they are kept.</param>
/// <param name="Recipients">Who receives something of it.</param>
/// <param name="Columns">What they hold.</param>
/// <param name="Deleted">When they are deleted: each rule that holds for them.</param>
internal sealed record KeptData(
    string About, string Table, string Title, string Purpose, string Recipients, IReadOnlyList<KeptColumns> Columns, IReadOnlyList<KeptUntil> Deleted)
{
    public static KeptData Of(RecordedTable table) => new(
        table.About.ToString().ToLowerInvariant(), table.Table, table.Title, table.Purpose, table.Recipients,
        [.. table.Columns.Select(columns => new KeptColumns(columns.Each, columns.What))],
        [
            .. RetentionRules.All.Where(rule => rule.Tables.Contains(table.Table)).Select(rule => new KeptUntil(rule.When, rule.Code, rule.Requirement)),
            .. KeptTables.All.Where(kept => kept.Table == table.Table).Select(kept => new KeptUntil(kept.Until, null, null)),
        ]);
}

/// <summary>Columns and what they hold.</summary>
internal sealed record KeptColumns(IReadOnlyList<string> Names, string What);

/// <summary>When rows go, and by which rule; without one they go with what they belong to.</summary>
internal sealed record KeptUntil(string When, string? Rule, string? Requirement);
