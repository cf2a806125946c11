using Gateway.Districts;
using Gateway.Mail;
using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-4.3")]
public sealed class RosterAlertsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    // A Monday, 03:15 in New York.
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 5, 7, 15, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_waits_is_told_once_with_what_it_would_change_and_how_to_approve_it()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        await using var replica = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await rosters.FireAsync(district);
        // Where the schema does not know runs that wait yet.
        var run = (await database.ImportAsync(district, new MadeUpRoster().Person("student-7", "student", "north").Enroll("student-7", "class-1")
            .Remove("enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal)), approved: false)).RunId;

        await Task.WhenAll(rosters.RoundAsync(), replica.RoundAsync());
        await rosters.RoundAsync();

        var mail = Assert.Single(rosters.MailsOf(district).Concat(replica.MailsOf(district)));
        Assert.EndsWith($"roster run {run} waits for approval", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("learner          8          8          1          0          1", mail.Body, StringComparison.Ordinal);
        Assert.Contains("enrollment      14         13          1          0          2", mail.Body, StringComparison.Ordinal);
        Assert.Matches($"gateway roster approve made-up-[0-9]+ --run {run}", mail.Body);
        Assert.EndsWith("https://gateway.example.org", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_success_for_36_hours_it_is_told_once_a_day_until_mended()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await rosters.FireAsync(district);

        await AdvanceAsync(rosters, TimeSpan.FromHours(35));
        Assert.Empty(Overdue(rosters, district));
        await AdvanceAsync(rosters, TimeSpan.FromHours(2));
        Assert.Contains("The latest successful run ended 2026-10-05 03:15 America/New_York.", Assert.Single(Overdue(rosters, district)).Body, StringComparison.Ordinal);
        await AdvanceAsync(rosters, TimeSpan.FromHours(22));
        Assert.Single(Overdue(rosters, district));
        await AdvanceAsync(rosters, TimeSpan.FromHours(2));
        Assert.Equal(2, Overdue(rosters, district).Count);

        await rosters.FireAsync(district);
        await AdvanceAsync(rosters, TimeSpan.FromHours(35));
        Assert.Equal(2, Overdue(rosters, district).Count);
    }

    [Fact]
    public async Task A_district_that_never_had_a_success_is_told_too_and_one_whose_contract_ended_is_not()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var never = await rosters.DistrictAsync(folder.Path);
        var ended = await rosters.DistrictAsync(folder.Path);
        await database.AskAsync<int>("update gateway.district set contract_end = '2026-10-05' where id = @d returning id", ended);

        await AdvanceAsync(rosters, TimeSpan.FromHours(37));

        Assert.Contains("There was no successful run since the roster was connected.", Assert.Single(Overdue(rosters, never)).Body, StringComparison.Ordinal);
        Assert.Empty(rosters.MailsOf(ended));
    }

    [Fact]
    public async Task The_week_is_told_on_monday_at_seven_of_the_districts_clock()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().Enroll("nobody", "class-1").WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        var newYork = await rosters.DistrictAsync(folder.Path);
        var berlin = await rosters.DistrictAsync(folder.Path, "Europe/Berlin");
        await rosters.Get<RosterPauses>().AddAsync(newYork, new(2026, 12, 20), new(2027, 1, 3), "rollover", Cancellation);
        await rosters.FireAsync(newYork);
        await rosters.FireAsync(berlin);
        await AdvanceAsync(rosters, TimeSpan.FromHours(4));
        await AdvanceAsync(rosters, TimeSpan.FromHours(1));
        await AdvanceAsync(rosters, TimeSpan.FromDays(7) - TimeSpan.FromHours(5));

        // Monday 03:15 in New York, 09:15 in Berlin, where at this hour a week ago it was told nothing: it was connected after seven.
        Assert.Single(Digests(rosters, berlin));
        var first = Assert.Single(Digests(rosters, newYork));
        await AdvanceAsync(rosters, TimeSpan.FromHours(4));
        await AdvanceAsync(rosters, TimeSpan.FromHours(1));

        var digest = Digests(rosters, newYork);
        Assert.Equal(2, digest.Count);
        Assert.Contains("runs      applied 1", first.Body, StringComparison.Ordinal);
        Assert.Contains("changes   class added 3, enrollment added 14, learner added 8", first.Body, StringComparison.Ordinal);
        Assert.Contains("findings  ", first.Body, StringComparison.Ordinal);
        Assert.Contains("pause     2026-12-20 to 2027-01-03, rollover: additions only", first.Body, StringComparison.Ordinal);
        Assert.Contains("runs      none", digest[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_waits_for_a_mail_server_that_is_away_and_is_dropped_after_three_days()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        rosters.Inbox.Answers["CONNECT"] = "421 away";
        await rosters.Get<RosterAlerts>().FailedAsync(district, 1, "csv.quoting_broken", 1, clock.GetUtcNow(), Cancellation);
        await rosters.RoundAsync();
        await rosters.RoundAsync();
        Assert.Equal(("pending", 1, MailCodes.Deferred), await StateAsync(rosters, district));
        rosters.Inbox.Answers.Clear();
        await AdvanceAsync(rosters, TimeSpan.FromMinutes(1));
        Assert.Equal(("sent", 2, null), await StateAsync(rosters, district));

        rosters.Inbox.Answers["CONNECT"] = null;
        await rosters.Get<RosterAlerts>().FailedAsync(district, 2, "csv.quoting_broken", 1, clock.GetUtcNow(), Cancellation);
        for (var hour = 0; hour < 74; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await rosters.Get<Gateway.Alerts.AlertOutbox>().SendDueAsync(Cancellation);
        }

        var (state, _, code) = await StateAsync(rosters, district);
        Assert.Equal(("dropped", MailCodes.Unreachable), (state, code));
    }

    [Fact]
    public async Task Without_a_contact_or_a_mail_server_alerts_are_kept_and_shown()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock, mail: false);
        var district = await rosters.DistrictAsync(folder.Path, contact: false);
        await rosters.Get<RosterAlerts>().FailedAsync(district, 1, "csv.quoting_broken", 1, clock.GetUtcNow(), Cancellation);
        await rosters.RoundAsync();
        Assert.Equal(("pending", 1, "mail.no_contact"), await StateAsync(rosters, district));

        await rosters.Get<DistrictContacts>().SetAsync(district, "it@district.example.org", Cancellation);
        await AdvanceAsync(rosters, TimeSpan.FromMinutes(1));
        Assert.Equal(("pending", 2, MailCodes.NotConfigured), await StateAsync(rosters, district));
    }

    [Fact]
    [Trait("Requirement", "P-5.3")]
    public async Task The_address_rests_sealed_is_shown_masked_and_goes_with_the_district()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        var contacts = rosters.Get<DistrictContacts>();

        Assert.Equal("i***@district.example.org", (await contacts.FindAsync(district, Cancellation))!.ToString());
        Assert.DoesNotContain("district.example.org", await Dump.EverythingAsync(database), StringComparison.Ordinal);
        Assert.Equal("district.email_invalid", (await contacts.SetAsync(district, "a@b.org\r\nBcc: c@d.org", Cancellation)).Failures[0].Code);
        await contacts.RemoveAsync(district, Cancellation);
        Assert.Null(await contacts.FindAsync(district, Cancellation));

        await contacts.SetAsync(district, "it@district.example.org", Cancellation);
        await database.AskAsync<int>("delete from gateway.district where id = @d returning id", district);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.district_contact where district_id = @d", district));
    }

    [Fact]
    [Trait("Requirement", "P-1.6")]
    public async Task Mails_hold_counts_and_codes_and_no_name()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().Enroll("nobody", "class-1").WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await rosters.FireAsync(district);
        new MadeUpRoster().BreakOff("users").WriteTo(folder.Path);
        await rosters.FireAsync(district);
        await AdvanceAsync(rosters, TimeSpan.FromHours(5));
        await AdvanceAsync(rosters, TimeSpan.FromHours(60));

        Assert.Equal(3, rosters.MailsOf(district).Count);
        foreach (var mail in rosters.MailsOf(district))
        {
            Assert.StartsWith("[Gateway] made-up-", mail.Subject, StringComparison.Ordinal);
            foreach (var planted in new[] { MadeUpRoster.Plant, "Made-Up District", "student-1", "class-1", "nobody", folder.Path })
                Assert.DoesNotContain(planted, string.Join('\n', mail.Lines), StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<ReceivedMail> Overdue(RunningRosters rosters, int district) =>
        [.. rosters.MailsOf(district).Where(mail => mail.Subject.EndsWith("no roster in 36 hours", StringComparison.Ordinal))];

    private static IReadOnlyList<ReceivedMail> Digests(RunningRosters rosters, int district) =>
        [.. rosters.MailsOf(district).Where(mail => mail.Subject.EndsWith("roster, the week", StringComparison.Ordinal))];

    private static async Task<(string State, int Attempts, string? Code)> StateAsync(RunningRosters rosters, int district)
    {
        var latest = (await rosters.AlertsOfAsync(district))[0];
        return (latest.State, latest.Attempts, latest.Code);
    }

    private async Task AdvanceAsync(RunningRosters rosters, TimeSpan by)
    {
        clock.Advance(by);
        await rosters.RoundAsync();
    }
}
