using Gateway.Districts;
using Gateway.Engine;
using Gateway.Identity;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Privacy.Audit;

/// <summary>What operators, platforms and the gateway do is written down, and nobody's name with it.</summary>
[Trait("Requirement", "P-5.6")]
public sealed class AuditedDeedsTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int District => stage.District.Id;

    [Fact]
    public async Task What_was_set_up_is_in_the_chains_of_those_it_concerns()
    {
        Assert.Superset(
            new HashSet<string> { "district.added", "platform.added", "roster.connected" }, (await ListAsync(District)).Select(line => line.Action).ToHashSet());
        Assert.Superset(
            new HashSet<string> { "engine.registered", "signing_key.made" }, (await ListAsync(null)).Select(line => line.Action).ToHashSet());
        Assert.Equal("gateway", (await ListAsync(null)).Last(line => line.Action == "signing_key.made").Actor);
    }

    [Fact]
    public async Task A_districts_deeds_are_written_down_one_by_one()
    {
        await Get<AllowGuests>().RunAsync(District, true, Cancellation);
        Assert.True((await Get<DistrictContacts>().SetAsync(District, "kim@school.example", Cancellation)).Succeeded);
        await Get<DistrictContacts>().RemoveAsync(District, Cancellation);
        var platform = (await Get<AddPlatform>().RunAsync(
            District, new("other", "https://other.example", "client", ["1"], "https://other.example/a", "https://other.example/t", "https://other.example/j"), Cancellation)).Value.Id;
        await Get<AddDeployment>().RunAsync(District, platform, "2", Cancellation);
        await Get<KeepLegacySecret>().RunAsync(District, platform, "consumer", "a shared secret", Cancellation);
        await Get<RemovePlatform>().RunAsync(District, platform, Cancellation);
        await Get<ApprovePlatform>().RunAsync(District, platform, [], false, Cancellation);
        await Get<RosterSettingsStore>().ChangeAsync(District, new() { RemovedPercent = 20 }, Cancellation);
        await Get<RosterPauses>().AddAsync(District, new(2099, 7, 1), new(2099, 7, 2), "summer", Cancellation);
        await Get<RosterPauses>().ResumeAsync(District, Cancellation);
        foreach (var wish in new MappingWish[] { new(TestStage.EngineId, "Kim Adult") { Fields = ["role", "grades"] }, new(TestStage.EngineId, "Kim Adult") { Enabled = false }, new(TestStage.EngineId, "Kim Adult") { Enabled = true } })
            Assert.True((await Get<ChangeMapping>().RunAsync(District, wish, Cancellation)).Succeeded);

        var lines = (await ListAsync(District)).Take(14).Reverse().ToList();
        Assert.Equal(
            ["district.guests_changed", "district.contact_set", "district.contact_removed", "platform.added", "platform.deployment_added", "platform.legacy_secret_set", "platform.removed",
                "platform.approved", "roster.settings_changed", "roster.paused", "roster.resumed", "engine.fields_changed", "engine.disabled", "engine.enabled"],
            lines.Select(line => line.Action));
        Assert.All(lines, line => Assert.Equal("operator", line.Actor));
        var everything = await stage.Database.AskAsync<string>("select string_agg(actor || action || details, '|') from gateway.audit_entry");
        foreach (var personal in new[] { "kim", "Kim", "school.example", "a shared secret" })
            Assert.DoesNotContain(personal, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deeds_of_the_gateway_as_a_whole_are_in_its_own_chain()
    {
        await stage.Database.ExecuteAsync("delete from gateway.engine_agreement");
        Assert.True((await Get<AcceptAgreement>().RunAsync(TestStage.EngineId, "Kim Adult", Cancellation)).Succeeded);
        Assert.True((await Get<AcceptAgreement>().RunAsync(TestStage.EngineId, "Another Adult", Cancellation)).Succeeded);
        Assert.True((await Get<WebhookEndpoints>().SetAsync(TestStage.EngineId, "https://engine.example/hook", Cancellation)).Succeeded);
        await Get<WebhookEndpoints>().RotateSecretAsync(TestStage.EngineId, 1, Cancellation);
        await Get<WebhookEndpoints>().RemoveAsync(TestStage.EngineId, Cancellation);
        await Get<SigningKeyRotation>().ReplaceAsync(SigningPurpose.OpenIdRsa, Cancellation);

        Assert.Equal(
            [("agreement.accepted", "operator"), ("webhook.set", "operator"), ("webhook.secret_rotated", "operator"), ("webhook.removed", "operator"),
                ("signing_key.made", "operator"), ("signing_key.withdrawn", "operator")],
            (await ListAsync(null)).Take(6).Reverse().Select(line => (line.Action, line.Actor)));
    }

    [Fact]
    public async Task A_roster_run_is_written_down_with_its_counts()
    {
        Assert.Null((await Get<RosterSync>().RunAsync(District, RosterTrigger.Command, dryRun: false, Cancellation)).Failure);

        var line = (await ListAsync(District)).First(line => line.Action == "roster.applied");
        Assert.Equal("operator", line.Actor);
        Assert.Equal(await stage.Database.AskAsync<string>("select count(*)::text from gateway.learner where on_roster"), line.Details["learner.added"]);
        Assert.True((await Get<VerifyAudit>().RunAsync(null, [], Cancellation)).IsIntact);
    }

    private Task<List<AuditLine>> ListAsync(int? district) => Get<ListAudit>().RunAsync(district, 1000, Cancellation);

    private T Get<T>() where T : notnull => stage.Services.GetRequiredService<T>();
}
