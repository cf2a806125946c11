using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.Engine;
using Gateway.Tests.Rostering;
using Samples.PracticeEngine;

namespace Gateway.Tests.Privacy.Rights;

[Collection(RightsStage.Name)]
[Trait("Requirement", "P-3.3")]
public sealed class EraseTests(EngineStage stage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Learner_links_launches_and_pending_scores_go_and_nothing_names_the_learner_any_more()
    {
        var learner = await stage.LaunchAsync("student-2");
        stage.Stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        await stage.Engine.PostScoreAsync(new(await stage.Stage.ScoreTicketAsync("student-2", stage.Engine), 1, 1), Guid.CreateVersion7().ToString());
        var before = await stage.RowsOfAsync(learner);
        Assert.True(before["launch"] >= 2 && before["score_delivery"] >= 1);

        var erased = await stage.EraseAsync(await stage.OfLmsAsync("student-2"));
        stage.Stage.LmsOptions.ScoreFaults.FailNext(0, 200);

        Assert.Equal(before.Where(row => row.Key != "erasure").OrderBy(row => row.Key, StringComparer.Ordinal), erased.Counts.OrderBy(row => row.Key, StringComparer.Ordinal));
        Assert.All((await stage.RowsOfAsync(learner)).Where(row => row.Key != "erasure"), row => Assert.Equal((row.Key, 0), (row.Key, row.Value)));
        var line = (await stage.AuditAsync(1))[0];
        Assert.Equal(("person.erased", "operator", erased.Erasure.ToString()), (line.Action, line.Actor, line.Details["erasure"]));
        Assert.NotEqual(learner, await stage.LaunchAsync("student-2"));
    }

    [Fact]
    public async Task Feed_and_webhook_tell_the_engine_which_confirms_and_then_the_number_is_gone()
    {
        await using var receiver = await WebhookReceiver.StartAsync(stage.Stage.Clock);
        receiver.Secrets.Add((await stage.Get<Gateway.Engine.WebhookEndpoints>().SetAsync(TestStage.EngineId, receiver.Url, Cancellation)).Value.NewSecret!);
        var cursor = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after=latest", "events.read")).Json.GetProperty("cursor").GetString();
        var sub = (await stage.Stage.LaunchAsync("student-3", stage.Engine)).GetProperty("sub").GetString();
        var erased = await stage.EraseAsync(await stage.OfLmsAsync("student-3"));

        var change = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after={cursor}", "events.read")).Json.GetProperty("data").EnumerateArray().Last(one => one.GetProperty("entity").GetString() == "learner");
        Assert.Equal(("erased", sub), (change.GetProperty("kind").GetString(), change.GetProperty("learner").GetString()));
        await Until.TrueAsync(() => Task.FromResult(receiver.Taken.Any(one => one is { Type: "learner.erased", District: TestStage.DistrictSlug })), "a webhook that says that somebody was erased");
        var open = (await stage.Engine.GetAsync($"{EngineStage.Root}/erasures", "events.read")).Json.GetProperty("data").EnumerateArray().Single(one => one.GetProperty("learner").GetString() == sub);
        var number = open.GetProperty("id").GetGuid();
        Assert.NotEqual(erased.Erasure, number);
        Assert.Equal("api.scope_missing", (await stage.Engine.GetAsync($"{EngineStage.Root}/erasures")).ProblemCode);
        Assert.True(await NumberIsKeptAsync(erased));

        // The other engine never saw the district: it has nothing to confirm, and cannot confirm for the first.
        Assert.Equal("api.district_unknown", (await stage.Other.PostAsync($"{EngineStage.Root}/erasures/{number}/acknowledgement", "events.read")).ProblemCode);
        Assert.Equal("erasure.unknown", (await stage.Engine.PostAsync($"{EngineStage.Root}/erasures/{erased.Erasure}/acknowledgement", "events.read")).ProblemCode);
        var confirmed = await stage.Engine.PostAsync($"{EngineStage.Root}/erasures/{number}/acknowledgement", "events.read");
        Assert.Equal(200, (int)confirmed.Status);
        Assert.Equal(confirmed.Body, (await stage.Engine.PostAsync($"{EngineStage.Root}/erasures/{number}/acknowledgement", "events.read")).Body);
        Assert.False(await NumberIsKeptAsync(erased));
        Assert.Equal(("erasure.acknowledged", $"engine:{TestStage.EngineId}"), ((await stage.AuditAsync(1))[0].Action, (await stage.AuditAsync(1))[0].Actor));
        Assert.Empty((await stage.Get<Gateway.Engine.WebhookEndpoints>().RemoveAsync(TestStage.EngineId, Cancellation)).Failures);
    }

    [Fact]
    public async Task Not_confirmed_in_seven_days_is_told_once_a_day_until_it_is()
    {
        await stage.Stage.Database.ExecuteAsync("update gateway.erasure_engine set acknowledged_at = now()");
        await stage.LaunchAsync("student-4");
        var erased = await stage.EraseAsync(await stage.OfLmsAsync("student-4"));
        var told = await stage.IncidentsAsync(IncidentKind.ErasureOverdue);
        await AgeAsync(erased, "6 days 23 hours");
        await stage.Get<Erasures>().WatchAsync(Cancellation);
        Assert.Equal(told, await stage.IncidentsAsync(IncidentKind.ErasureOverdue));

        await AgeAsync(erased, "7 days 1 hour");
        await stage.Get<Erasures>().WatchAsync(Cancellation);
        await stage.Get<Erasures>().WatchAsync(Cancellation);
        Assert.Equal(told + 1, await stage.IncidentsAsync(IncidentKind.ErasureOverdue));
        await stage.Stage.Database.ExecuteAsync("update gateway.erasure_engine set alerted_at = alerted_at - interval '25 hours'");
        await stage.Get<Erasures>().WatchAsync(Cancellation);
        Assert.Equal(told + 2, await stage.IncidentsAsync(IncidentKind.ErasureOverdue));

        var number = await stage.Stage.Database.AskAsync<Guid>($"select told_as from gateway.erasure_engine where erasure_id = '{erased.Erasure}' and client_id = '{TestStage.EngineId}'");
        await stage.Engine.PostAsync($"{EngineStage.Root}/erasures/{number}/acknowledgement", "events.read");
        await stage.Stage.Database.ExecuteAsync("update gateway.erasure_engine set alerted_at = alerted_at - interval '25 hours'");
        await stage.Get<Erasures>().WatchAsync(Cancellation);
        Assert.Equal(told + 2, await stage.IncidentsAsync(IncidentKind.ErasureOverdue));

        Task AgeAsync(ErasedPerson of, string age) => stage.Stage.Database.ExecuteAsync($"update gateway.erasure set erased_at = now() - interval '{age}' where id = '{of.Erasure}'");
    }

    [Fact]
    public async Task Whoever_is_killed_in_the_middle_has_done_nothing()
    {
        var learner = await stage.LaunchAsync("student-5");
        var before = await stage.RowsOfAsync(learner);
        await using var owner = Npgsql.NpgsqlDataSource.Create(stage.Stage.Database.OwnerConnectionString);
        await using var connection = await owner.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        // The last thing that an erasure writes: it gets as far as this, and no further.
        await using (var hold = new Npgsql.NpgsqlCommand($"select 1 from gateway.audit_head where district_id = {stage.District} for update", connection, transaction))
            await hold.ExecuteNonQueryAsync(Cancellation);
        await using (var command = GatewayProcess.Begin(stage.Stage.EnvironmentSettings(), "privacy", "erase", TestStage.DistrictSlug,
            "--lms-id", stage.Stage.PersonOf("student-5").UserId, "--platform", $"{await stage.Stage.Database.AskAsync<int>("select min(id) from gateway.registration")}"))
        {
            await Until.TrueAsync(() => stage.Stage.Database.AskAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%gateway.audit_head%' and pid <> pg_backend_pid())"), "an erasure that waits to write its entry");
            await command.KillAsync();
        }

        await transaction.RollbackAsync(Cancellation);
        await Until.TrueAsync(() => stage.Stage.Database.AskAsync<bool>(
            "select not exists (select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%')"), "the end of the killed command's transaction");
        Assert.Equal(before, await stage.RowsOfAsync(learner));
        Assert.Equal(0, await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.erasure where learner_id = {learner}"));
    }

    [Fact]
    public async Task Whoever_is_still_on_the_roster_comes_back_as_a_new_learner()
    {
        var learner = (await stage.LearnerOfSisAsync("student-6"))!.Value;
        await stage.EraseAsync(Rights.OfSis("student-6"));
        Assert.Null(await stage.LearnerOfSisAsync("student-6"));

        await stage.ImportAsync(new MadeUpRoster());

        Assert.NotEqual(learner, (await stage.LearnerOfSisAsync("student-6"))!.Value);
        Assert.Equal(2, (await stage.Get<AccessPerson>().RunAsync(stage.District(), Rights.OfSis("student-6"), Cancellation)).Value.Tables["enrollment"].Count);
    }

    [Fact]
    public async Task A_learner_who_became_one_with_another_is_erased_under_both_numbers()
    {
        var cursor = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after=latest", "events.read")).Json.GetProperty("cursor").GetString();
        var (kept, dropped) = (await stage.LearnerOfSisAsync("student-1"), await stage.LaunchAsync("student-6"));
        await stage.Stage.Database.ExecuteAsync(
            $"select set_config('gateway.district', '{stage.District}', false); select gateway.merge_learners({kept}, {dropped}, now())");
        await stage.EraseAsync(Rights.OfSis("student-1"));

        var changes = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after={cursor}", "events.read")).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(2, changes.Count(change => change.GetProperty("kind").GetString() == "erased"));
        Assert.DoesNotContain(changes, change => change.GetProperty("kind").GetString() == "merged");
        await stage.ImportAsync(new MadeUpRoster());
    }

    [Fact]
    public async Task Sample_engine_erases_its_copy_and_confirms()
    {
        var options = new PracticeEngineOptions
        {
            Url = Loopback.FreeUrl(),
            Authority = stage.Stage.GatewayUrl,
            ClientId = TestStage.EngineId,
            ClientSecret = TestStage.EngineSecret,
            ControlKey = TestStage.ControlKey,
            FollowRoster = true,
            Time = stage.Stage.Clock,
        };
        await using var engine = PracticeEngineServer.Build(options);
        await engine.StartAsync(Cancellation);
        await stage.LaunchAsync("student-7");
        var erased = await stage.EraseAsync(await stage.OfLmsAsync("student-7"));

        await Until.TrueAsync(async () => !await NumberIsKeptAsync(erased), "an erasure that the sample engine confirmed");
        await engine.StopAsync(Cancellation);
    }

    [Fact]
    [Trait("Requirement", "P-3.2")]
    public async Task Correction_says_where_and_asks_for_a_roster_run()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        var district = (await stage.Get<AddDistrict>().RunAsync("corrected", "Corrected", "UTC", null, false, Cancellation)).Value.Id;
        Assert.True((await stage.Get<RosterConnections>().ConnectAsync(new(district) { CsvFolder = folder.Path }, Cancellation)).Connected);

        var ended = await InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), "privacy", "correct", "corrected");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("student information system", ended.Output, StringComparison.Ordinal);
        await Until.TrueAsync(() => stage.Stage.Database.AskAsync<bool>($"select exists (select from gateway.roster_run where district_id = {district} and state = 'applied')"), "the roster run that was asked for");
    }

    private Task<bool> NumberIsKeptAsync(ErasedPerson erased) =>
        stage.Stage.Database.AskAsync<bool>($"select learner_id is not null from gateway.erasure where id = '{erased.Erasure}'");
}
