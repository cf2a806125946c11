using Gateway.Hosting;
using Gateway.Privacy.Pages;

namespace Gateway.Privacy;

/// <summary>
/// What the public pages show, each made once for everybody who asks: within a minute, and usage within a day, whose months are complete
/// and do not change.
/// </summary>
internal sealed class DisclosedPages(PrivacyPolicy policy, ListThirdParties parties, ReportUsage usage, TimeProvider time)
{
    public SharedResult<ProcessingRecord> Record { get; } = new(time, NextMinute, () => Task.FromResult(ProcessingRecord.Of(policy)));

    public SharedResult<IReadOnlyList<PublishedPolicy>> Policies { get; } = new(time, NextMinute, () => Task.FromResult<IReadOnlyList<PublishedPolicy>>(
    [
        .. policy.Versions.Reverse().Select(version => new PublishedPolicy(version.Number, version.Updated, version.Summary, policy.FieldsOf(version.Number))),
    ]));

    public SharedResult<IReadOnlyList<ThirdParty>> ThirdParties { get; } = new(time, NextMinute, () => parties.RunAsync(CancellationToken.None));

    public SharedResult<UsageReport> Usage { get; } = new(time, NextDay, () => usage.OfGatewayAsync(CancellationToken.None));

    private static DateTimeOffset NextMinute(DateTimeOffset now) => now.AddMinutes(1);

    // By the calendar of the months that are reported (UTC): the first of a month has a month more.
    private static DateTimeOffset NextDay(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
