using Gateway.Grades;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Grades;

/// <summary>The daily mail about parked scores, on its way to a real mail server.</summary>
[Trait("Requirement", "T-12")]
public sealed class ParkedScoreMailTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    // 06:30 in New York.
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 6, 10, 30, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parked_scores_are_told_once_a_day_by_code_and_with_nobody_in_it()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await ParkAsync(district, 2, "lti.score_line_item_gone", 404);
        await ParkAsync(district, 1, "lti.score_platform_unreachable", null);

        await RoundAsync(rosters);
        Assert.Empty(rosters.MailsOf(district));
        clock.Advance(TimeSpan.FromMinutes(30));
        await RoundAsync(rosters);
        await ParkAsync(district, 1, "lti.score_forbidden", 403);
        clock.Advance(TimeSpan.FromHours(1));
        await RoundAsync(rosters);

        var mail = Assert.Single(rosters.MailsOf(district));
        Assert.EndsWith("3 scores did not reach the gradebook", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("     2  lti.score_line_item_gone  HTTP 404", mail.Body, StringComparison.Ordinal);
        Assert.Contains("     1  lti.score_platform_unreachable", mail.Body, StringComparison.Ordinal);
        Assert.Contains("--state parked", mail.Body, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromDays(1));
        await RoundAsync(rosters);
        Assert.EndsWith("1 score did not reach the gradebook", rosters.MailsOf(district)[1].Subject, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(1));
        await RoundAsync(rosters);
        // The roster's own mails (it has not come for two days) are others.
        Assert.Equal(2, rosters.MailsOf(district).Count(mail => mail.Subject.EndsWith("did not reach the gradebook", StringComparison.Ordinal)));
    }

    private async Task RoundAsync(RunningRosters rosters)
    {
        await ActivatorUtilities.CreateInstance<ParkedScoreRound>(rosters.Get<IServiceProvider>()).RunAsync(Cancellation);
        await rosters.RoundAsync();
    }

    private Task ParkAsync(int district, int count, string code, int? status) => database.ExecuteAsync($"""
        insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, jwks_url, sealed_id_key, created_at)
          values ('mail-engine', 'https://e', array['https://e'], 'https://e', '\x00', now()) on conflict do nothing;
        insert into gateway.registration (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at)
          select {district}, 'other', 'https://lms-{district}.example', 'c', 'https://a', 'https://t', 'https://j', 'n', false, now()
          where not exists (select from gateway.registration where district_id = {district});
        insert into gateway.learner (district_id, role, first_seen, last_seen) values ({district}, 'student', now(), now());
        insert into gateway.score_delivery (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, sealed_score, state, next_attempt_at, accepted_at, finished_at, code, platform_status)
          select gen_random_uuid(), {district}, 'mail-engine', gen_random_uuid(), gen_random_uuid(), (select max(id) from gateway.learner where district_id = {district}),
                 (select id from gateway.registration where district_id = {district}), gen_random_uuid(), '\x00', 'parked', '{Now}', '{Now}', '{Now}', '{code}', {status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}
          from generate_series(1, {count})
        """);

    private string Now => clock.GetUtcNow().ToString("O");
}
