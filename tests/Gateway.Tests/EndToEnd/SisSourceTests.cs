using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;
using Lti.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.EndToEnd;

/// <summary>The SIS id is read from the one place that the registration chose, and only when it is somebody's.</summary>
[Trait("Requirement", "T-3")]
public sealed class SisSourceTests(CaseStage cases) : IClassFixture<CaseStage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_default_the_claim_of_lis_is_read_and_no_custom_parameter()
    {
        Assert.Equal("by-lis", await LinkedAsync("default-both", lis: "by-lis", custom: "by-custom", "by-lis", "by-custom"));
        Assert.Null(await LinkedAsync("default-custom", lis: null, custom: "by-custom-alone", "by-custom-alone"));
    }

    [Fact]
    public async Task A_custom_parameter_is_read_where_it_was_chosen_and_the_claim_of_lis_is_not()
    {
        var client = await RegisterAsync("case-custom", "student_no");

        Assert.Equal("c-1", await LinkedAtAsync(client, "custom-both", "c-lis-1", "c-1", "c-1", "c-lis-1"));
        Assert.Null(await LinkedAtAsync(client, "custom-lis", "c-lis-2", null, "c-lis-2"));
        Assert.Equal("4711", await LinkedAtAsync(client, "custom-number", null, 4711, "4711"));
    }

    [Fact]
    public async Task What_stands_for_nobody_links_nobody()
    {
        foreach (var nobody in new JsonNode[] { "  ", "\u00a0", "0", 0, "null", "None", "N/A", "undefined", "-", "$Person.sourcedId" })
        {
            var (one, other) = (await OpenAsync($"nobody-1{nobody}", nobody, null), await OpenAsync($"nobody-2{nobody}", nobody, null));
            Assert.NotEqual(one.GetProperty("sub").GetString(), other.GetProperty("sub").GetString());
            Assert.Equal(0, await SisIdentitiesAsync(one) + await SisIdentitiesAsync(other));
        }
    }

    [Fact]
    public async Task Command_chooses_the_place_and_says_who_could_set_it()
    {
        var client = await RegisterAsync("case-command", null);
        var number = cases.NumberOf(client).ToString(CultureInfo.InvariantCulture);
        Assert.Null(await LinkedAtAsync(client, "command-before", null, "k-1", "k-1"));

        var chosen = await RunAsync("sis-id", TestStage.DistrictSlug, number, "--from", "custom:student_no", "--json");
        cases.Stage.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("custom:student_no", chosen.GetProperty("sisId").GetString());
        Assert.Contains("a teacher too", chosen.GetProperty("warning").GetString(), StringComparison.Ordinal);
        Assert.Equal("k-2", await LinkedAtAsync(client, "command-after", null, "k-2", "k-2"));
        var listed = (await RunAsync("list", TestStage.DistrictSlug, "--json")).EnumerateArray().Single(one => one.GetProperty("id").GetRawText() == number);
        Assert.Equal("custom:student_no", listed.GetProperty("sisId").GetString());
        Assert.Equal(1, await cases.Stage.Database.AskAsync<long>(
            $"select count(*) from gateway.audit_entry where action = 'platform.sis_source_chosen' and details::jsonb ->> 'platform' = '{number}' and details::jsonb ->> 'source' = 'custom:student_no'"));

        var back = await RunAsync("sis-id", TestStage.DistrictSlug, number, "--from", "lis", "--json");
        Assert.Equal((false, "lis"), (back.TryGetProperty("warning", out _), back.GetProperty("sisId").GetString()));
        var unknown = await InProcessCommand.RunAsync(cases.Stage.EnvironmentSettings(), "platform", "sis-id", TestStage.DistrictSlug, "999999", "--from", "lis", "--json");
        Assert.Contains("platform.unknown", unknown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("custom")]
    [InlineData("custom:")]
    [InlineData("custom:a b")]
    [InlineData("custom:path")]
    [InlineData("custom:a\u0000")]
    [InlineData("email")]
    public void A_place_that_is_none_is_refused(string text) =>
        Assert.Equal("platform.sis_source_invalid", Assert.Single(SisSource.Parse(text).Failures).Code);

    [Theory]
    [InlineData("canvas", "lis", "names")]
    [InlineData("canvas", "custom:a", "Warning: in Canvas the custom field of a link overrides the tool's.")]
    [InlineData("moodle", "custom:a", "Warning: Moodle takes the tool's value")]
    [InlineData("schoology", "custom:a", "Warning: find out")]
    [InlineData("other", "custom:a", "Warning: find out")]
    [InlineData("moodle", "lis", null)]
    public void The_operator_is_told_where_a_links_author_could_set_it(string kind, string from, string? says)
    {
        var warning = SisSource.Parse(from).Value.WarningFor(kind);
        Assert.Equal(says is null, warning is null);
        Assert.Contains(says ?? "", warning ?? "", StringComparison.Ordinal);
    }

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var ended = await InProcessCommand.RunAsync(cases.Stage.EnvironmentSettings(), ["platform", .. arguments]);
        Assert.Equal(0, ended.ExitCode);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private async Task<string> RegisterAsync(string client, string? parameter)
    {
        await cases.RegisterAsync(client, () => CasePlatform.KeySet(SigningKey.First));
        var source = parameter is null ? SisSource.Lis : SisSource.Parse($"custom:{parameter}").Value;
        Assert.True((await cases.Stage.Services.GetRequiredService<ChooseSisSource>().RunAsync(cases.Stage.District.Id, cases.NumberOf(client), source, Cancellation)).Succeeded);
        return client;
    }

    private Task<string?> LinkedAsync(string subject, string? lis, string? custom, params string[] candidates) => LinkedAtAsync(CaseStage.Main, subject, lis, custom, candidates);

    /// <summary>Which of the ids the launch's learner is known by, if any.</summary>
    private async Task<string?> LinkedAtAsync(string client, string subject, JsonNode? lis, JsonNode? custom, params string[] candidates)
    {
        var learner = await cases.Stage.LearnerOfAsync(await OpenAsync(subject, lis, custom, client));
        var ring = (await cases.Stage.Services.GetRequiredService<DistrictKeys>().FindAsync(cases.Stage.District.Id, Cancellation))!;
        foreach (var candidate in candidates)
            if (await cases.Stage.Database.AskAsync<long>(
                $"select count(*) from gateway.learner_identity where kind = 2 and learner_id = {learner} and hash = '{SisPerson.Of(ring, Encoding.UTF8.GetBytes(candidate)).Value}'") == 1)
                return candidate;
        return null;
    }

    private async Task<long> SisIdentitiesAsync(JsonElement claims) => await cases.Stage.Database.AskAsync<long>(
        $"select count(*) from gateway.learner_identity where kind = 2 and learner_id = {await cases.Stage.LearnerOfAsync(claims)}");

    private async Task<JsonElement> OpenAsync(string subject, JsonNode? lis, JsonNode? custom, string client = CaseStage.Main)
    {
        var launch = await cases.BeginAsync(client);
        var answer = await launch.SendAsync(launch.Sign(claims =>
        {
            claims["sub"] = subject;
            claims[Claim.Lis] = new JsonObject { ["person_sourcedid"] = lis?.DeepClone() };
            claims[Claim.Custom] = new JsonObject { ["student_no"] = custom?.DeepClone(), ["person_sourcedid"] = "nobody asked for this" };
        }));
        return answer.Location is { } handOff
            ? await cases.Engine.SignInAsync(handOff)
            : throw new InvalidOperationException($"The launch was refused: {answer.PageCode}");
    }
}
