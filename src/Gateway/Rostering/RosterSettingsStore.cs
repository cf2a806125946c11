using System.Globalization;
using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>Keeps districts' roster settings. A change holds from the next run on.</summary>
internal sealed class RosterSettingsStore(GatewayDatabase database, DistrictKeys keys, AuditTrail trail)
{
    private static readonly Failure FollowingUnsafe = new(
        "roster.follow_platform_unsafe",
        "--follow-platform on would be without effect: this district's platforms send the SIS id in a custom parameter, which the author of a link may set. Read it from the claim lis first.");

    /// <summary>The district's settings; the defaults where nobody set any.</summary>
    public Task<RosterSettings> GetAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        var row = await session.Model.RosterPolicies.AsNoTracking().SingleOrDefaultAsync(known => known.DistrictId == district, cancellation);
        return row is null ? new RosterSettings() : Of(row);
    }, cancellation);

    /// <summary>Stores what the command changes; what it leaves out stays. Nothing is stored when anything is wrong.</summary>
    public async Task<Outcome<RosterSettings>> ChangeAsync(int district, RosterSettingsCommand command, CancellationToken cancellation)
    {
        var problems = RosterSettingsRules.Check(command);
        if (problems.Count > 0)
            return Outcome<RosterSettings>.Failed(problems);
        if (command.FollowPlatform == true && await FollowableAsync(district, cancellation) is { Yes.Count: 0, No.Count: > 0 })
            return FollowingUnsafe;
        if (await SamePersonEntry.RefusalAsync(database, district, command.SamePerson, cancellation) is { } refused)
            return refused;
        var ring = await keys.GetAsync(district, cancellation);
        var settings = command.ApplyTo(
            await GetAsync(district, cancellation), school => RosterPseudonymiser.OfOrg(ring, System.Text.Encoding.UTF8.GetBytes(school)).Value);
        await database.InDistrictAsync(district, async session =>
        {
            await session.Model.RosterPolicies.Where(known => known.DistrictId == district).ExecuteDeleteAsync(cancellation);
            session.Model.RosterPolicies.Add(RowOf(district, settings));
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, EntryOf(settings), cancellation);
        }, cancellation);
        return settings;
    }

    /// <summary>Of the district's platforms, those that alone can set a person's SIS id, and those where a link's author may: these are never followed.</summary>
    public Task<(IReadOnlyList<int> Yes, IReadOnlyList<int> No)> FollowableAsync(int district, CancellationToken cancellation) =>
        database.InDistrictAsync<(IReadOnlyList<int>, IReadOnlyList<int>)>(district, async session =>
        {
            var platforms = await session.Model.Registrations.AsNoTracking().Where(known => known.State != "removed").OrderBy(known => known.Id)
                .Select(known => new { known.Id, known.SisParameter }).ToListAsync(cancellation);
            return ([.. platforms.Where(one => one.SisParameter is null).Select(one => one.Id)], [.. platforms.Where(one => one.SisParameter is not null).Select(one => one.Id)]);
        }, cancellation);

    private static AuditEntry EntryOf(RosterSettings settings) => AuditEntry.ByOperator(
        "roster.settings_changed",
        ("removedPercent", settings.RemovedPercent.ToString(CultureInfo.InvariantCulture)), ("changedPercent", settings.ChangedPercent.ToString(CultureInfo.InvariantCulture)),
        ("mergedPercent", settings.MergedPercent.ToString(CultureInfo.InvariantCulture)), ("mergedPeople", settings.MergedPeople.ToString(CultureInfo.InvariantCulture)),
        ("schools", settings.Schools?.Count.ToString(CultureInfo.InvariantCulture)), ("grades", settings.Grades?.Count.ToString(CultureInfo.InvariantCulture)),
        ("classTypes", settings.ClassTypes?.Count.ToString(CultureInfo.InvariantCulture)), ("samePerson", settings.SamePerson.ToString()),
        ("followPlatform", settings.FollowPlatform ? "on" : "off"));

    private static RosterSettings Of(RosterPolicy row) => new()
    {
        RemovedPercent = row.RemovedPercent,
        ChangedPercent = row.ChangedPercent,
        MergedPercent = row.MergedPercent,
        MergedPeople = row.MergedPeople,
        AdditionsAhead = row.AdditionsAhead,
        Schools = row.Schools,
        Grades = row.Grades,
        ClassTypes = row.ClassTypes,
        TermMarginDays = row.TermMarginDays,
        SamePerson = SamePersonRule.Parse(row.SamePerson) ?? SamePersonRule.None,
        FollowPlatform = row.FollowPlatform,
    };

    private static RosterPolicy RowOf(int district, RosterSettings settings) => new()
    {
        DistrictId = district,
        RemovedPercent = settings.RemovedPercent,
        ChangedPercent = settings.ChangedPercent,
        MergedPercent = settings.MergedPercent,
        MergedPeople = settings.MergedPeople,
        AdditionsAhead = settings.AdditionsAhead,
        Schools = settings.Schools?.ToArray(),
        Grades = settings.Grades?.ToArray(),
        ClassTypes = settings.ClassTypes?.ToArray(),
        TermMarginDays = settings.TermMarginDays,
        SamePerson = settings.SamePerson == SamePersonRule.None ? null : settings.SamePerson.ToString(),
        FollowPlatform = settings.FollowPlatform,
    };
}
