using System.Text.Json;
using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Engine;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Samples.Sis;

namespace Gateway.Tests.Privacy.Policies;

[Trait("Requirement", "P-4.3")]
public sealed class PolicyStageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_later_version_brings_is_read_stored_and_given_only_once_it_is_accepted()
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        // The district made its contract under the version before; then the gateway is updated.
        await stage.StopGatewayAsync();
        stage.Policy = LaterPolicy.Make();
        await stage.StartGatewayAsync();
        await stage.Services.GetRequiredService<ChangeMapping>().RunAsync(
            stage.District.Id, new(TestStage.EngineId, "A. Dult") { Enabled = true, Fields = ["role", "classTitle"] }, Cancellation);

        var before = await stage.LaunchAsync("student-1", engine);
        await SyncAsync(stage);

        Assert.Equal(["context_id", "message_type"], NamesOf(before.GetProperty("launch")));
        Assert.DoesNotContain("title", FieldsAsked(stage));
        Assert.Equal(0, await stage.Database.AskAsync<long>("select count(*) from gateway.class where title is not null"));
        Assert.All(await EngineStage.AllAsync(engine, "classes"), row => Assert.False(row.TryGetProperty("title", out var title) && title.ValueKind != JsonValueKind.Null));

        await AskAsync(stage);
        var accepted = await stage.Services.GetRequiredService<AcceptedPolicies>().AcceptAsync(stage.District.Id, LaterPolicy.Version, "A. Dult", Cancellation);
        Assert.True(accepted.Succeeded);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await stage.LaunchAsync("student-1", engine);
        await SyncAsync(stage);

        Assert.Equal(["context_id", "message_type", "resource_link_id"], NamesOf(after.GetProperty("launch")));
        Assert.Contains("title", FieldsAsked(stage));
        Assert.Equal(0, await stage.Database.AskAsync<long>("select count(*) from gateway.class where title is null"));
        Assert.All(await EngineStage.AllAsync(engine, "classes"), row => Assert.NotEqual(JsonValueKind.Null, row.GetProperty("title").ValueKind));
        await AssertAcceptedOnceAsync(stage);
    }

    // The district's administrator is told once, of the fields that would be read. A district of today is told nothing: it accepts the
    // version of today with its contract.
    private static async Task AskAsync(TestStage stage)
    {
        var later = await stage.Services.GetRequiredService<AddDistrict>().RunAsync("later", "Later", "UTC", null, false, Cancellation);
        Assert.Equal([LaterPolicy.Version], (await stage.Services.GetRequiredService<AcceptedPolicies>().HistoryAsync(later.Value.Id, Cancellation)).Select(row => row.Version));
        await stage.Services.GetRequiredService<PolicyRound>().RunAsync(Cancellation);
        await stage.Services.GetRequiredService<PolicyRound>().RunAsync(Cancellation);
        var told = await stage.Database.AskAsync<string>("select string_agg(subject || body, '') from gateway.roster_alert where kind = 'policy'");
        Assert.Contains($"privacy policy, version {LaterPolicy.Version} waits", told, StringComparison.Ordinal);
        Assert.Contains("resource_link.id", told, StringComparison.Ordinal);
        Assert.Equal(1, await stage.Database.AskAsync<long>("select count(*) from gateway.roster_alert where kind = 'policy'"));
    }

    private static async Task AssertAcceptedOnceAsync(TestStage stage)
    {
        var policies = stage.Services.GetRequiredService<AcceptedPolicies>();
        Assert.Equal("policy.accepted_before", (await policies.AcceptAsync(stage.District.Id, LaterPolicy.Version, "A. Dult", Cancellation)).Failures[0].Code);
        Assert.Equal(["policy.version_unknown", "policy.by_missing"], (await policies.AcceptAsync(stage.District.Id, LaterPolicy.Version + 1, " ", Cancellation)).Failures.Select(failure => failure.Code));
        Assert.Equal([(LaterPolicy.Version, "A. Dult"), (LaterPolicy.Version - 1, AcceptedPolicies.WithContract)], (await policies.HistoryAsync(stage.District.Id, Cancellation)).Select(row => (row.Version, row.AcceptedBy)));
        Assert.Equal(1, await stage.Database.AskAsync<long>("select count(*) from gateway.audit_entry where action = 'policy.accepted'"));
    }

    private static async Task SyncAsync(TestStage stage) => Assert.Null(
        (await stage.Services.GetRequiredService<RosterSync>().RunAsync(stage.District.Id, RosterTrigger.Command, dryRun: false, Cancellation)).Failure);

    private static string[] FieldsAsked(TestStage stage) => stage.Sis.Services.GetRequiredService<SisState>().Stats.LastFields["classes"]!.Split(',');

    private static IEnumerable<string> NamesOf(JsonElement json) => json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
}
