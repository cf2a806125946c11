using Gateway.Alerts;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Alerts;

/// <summary>Incidents on their way to a real mail server.</summary>
[Trait("Requirement", "P-5.7")]
public sealed class IncidentMailTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 6, 7, 15, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_incident_is_told_at_once_and_those_of_the_next_hour_together()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        await using var replica = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await ReportAsync(rosters, district, IncidentKind.TenantBreach, 3);
        await Task.WhenAll(RoundAsync(rosters), RoundAsync(replica));

        var first = Assert.Single(rosters.MailsOf(district).Concat(replica.MailsOf(district)));
        Assert.EndsWith("attempts to reach into this district", first.Subject, StringComparison.Ordinal);
        Assert.Contains("incident  tenant_breach", first.Body, StringComparison.Ordinal);
        Assert.Contains("count     3, from 2026-10-06 03:15 America/New_York", first.Body, StringComparison.Ordinal);
        // The operator hears of what the other tests of this class left untold as well.
        Assert.Equal(first.Body, Assert.Single(OperatorsOf(rosters, replica), mail => mail.Subject == first.Subject).Body);

        for (var minute = 0; minute < 59; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await ReportAsync(rosters, district, IncidentKind.TenantBreach, 2);
        }

        await RoundAsync(rosters);
        Assert.Single(rosters.MailsOf(district).Concat(replica.MailsOf(district)));
        clock.Advance(TimeSpan.FromMinutes(1));
        await RoundAsync(rosters);
        var mails = rosters.MailsOf(district).Concat(replica.MailsOf(district)).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Contains("count     118, from", mails.Single(mail => mail.Body != first.Body).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_kind_and_another_district_have_mails_of_their_own_and_all_are_in_the_audit_trail()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var (one, other) = (await rosters.DistrictAsync(folder.Path), await rosters.DistrictAsync(folder.Path));
        await ReportAsync(rosters, one, IncidentKind.ForgedTokens, 10);
        await ReportAsync(rosters, one, IncidentKind.TenantBreach, 1);
        await ReportAsync(rosters, other, IncidentKind.ForgedTokens, 10);
        await RoundAsync(rosters);

        Assert.Equal((2, 1), (rosters.MailsOf(one).Count, rosters.MailsOf(other).Count));
        var lines = (await rosters.Get<ListAudit>().RunAsync(one, 10, Cancellation)).Where(line => line.Action.StartsWith("incident.", StringComparison.Ordinal)).ToList();
        Assert.Equal([("incident.forged_tokens", "10"), ("incident.tenant_breach", "1")], lines.OrderBy(line => line.Action, StringComparer.Ordinal).Select(line => (line.Action, line.Details["count"])));
        Assert.All(lines, line => Assert.Equal("gateway", line.Actor));
    }

    [Fact]
    public async Task What_concerns_the_gateway_as_a_whole_is_told_to_the_operator_and_to_every_district()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var (one, other) = (await rosters.DistrictAsync(folder.Path), await rosters.DistrictAsync(folder.Path));
        await ReportAsync(rosters, 0, IncidentKind.BackupFailed, 1);
        await RoundAsync(rosters);

        Assert.Contains(rosters.MailsOf(one), mail => mail.Subject == "[Gateway] gateway: a backup could not be verified");
        Assert.Contains(rosters.MailsOf(other), mail => mail.Subject == "[Gateway] gateway: a backup could not be verified");
        Assert.Contains(OperatorsOf(rosters), mail => mail.Subject == "[Gateway] gateway: a backup could not be verified");
    }

    [Fact]
    public async Task A_broken_chain_is_found_by_the_daily_round_and_told()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        var round = rosters.Get<AuditRound>();
        await round.RunAsync(Cancellation);
        await RoundAsync(rosters);
        Assert.DoesNotContain(rosters.MailsOf(district), mail => mail.Subject.Contains("audit", StringComparison.Ordinal));
        var recorded = (await rosters.Get<ListAudit>().RunAsync(null, 1, Cancellation)).Single(line => line.Action == "audit.heads");
        Assert.Equal((await StateAsync()).Head!.ToString(), recorded.Details[$"{district}"]);

        await database.AskAsync<string>("update gateway.audit_entry set actor = 'nobody' where district_id = @d and sequence = 1 returning actor", district);
        await round.RunAsync(Cancellation);
        await RoundAsync(rosters);

        Assert.Single(rosters.MailsOf(district), mail => mail.Subject.EndsWith("the audit trail does not verify", StringComparison.Ordinal));
        Assert.Contains(OperatorsOf(rosters), mail => mail.Subject.EndsWith("the audit trail does not verify", StringComparison.Ordinal));

        async Task<AuditChainState> StateAsync() => (await rosters.Get<VerifyAudit>().RunAsync(district, [], Cancellation)).Chains.Single(chain => chain.Chain == district);
    }

    [Fact]
    public async Task What_is_below_its_threshold_or_too_slow_is_no_incident()
    {
        await using var rosters = new RunningRosters(database, clock);
        var (district, incidents) = (await database.AddDistrictAsync(), rosters.Get<Incidents>());
        for (var time = 0; time < 9; time++)
            await incidents.NoticeAsync(district, IncidentKind.ForgedTokens, "1", 10, Cancellation);
        clock.Advance(TimeSpan.FromMinutes(11));
        for (var time = 0; time < 9; time++)
            await incidents.NoticeAsync(district, IncidentKind.ForgedTokens, "1", 10, Cancellation);
        await incidents.NoticeAsync(district, IncidentKind.ForgedTokens, "2", 10, Cancellation);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.incident where district_id = @d", district));

        await incidents.NoticeAsync(district, IncidentKind.ForgedTokens, "1", 10, Cancellation);
        await incidents.NoticeAsync(district, IncidentKind.ForgedTokens, "1", 10, Cancellation);
        Assert.Equal(11, await database.AskAsync<long>("select total from gateway.incident where district_id = @d", district));
    }

    private static Task ReportAsync(RunningRosters rosters, int district, IncidentKind kind, int count) => rosters.Get<Incidents>().ReportAsync(district, kind, count, Cancellation);

    private static async Task RoundAsync(RunningRosters rosters)
    {
        await rosters.Get<IncidentRound>().RunAsync(Cancellation);
        await rosters.Get<AlertOutbox>().SendDueAsync(Cancellation);
    }

    private static IEnumerable<ReceivedMail> OperatorsOf(params RunningRosters[] replicas) =>
        replicas.SelectMany(replica => replica.Inbox.Mails).Where(mail => mail.To == RunningRosters.OperatorEmail);
}
