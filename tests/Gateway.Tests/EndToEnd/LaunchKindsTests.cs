using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Districts;
using Gateway.Identity;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.EndToEnd;

/// <summary>Launches that are more than a person and a link: links of LTI 1.1, guests, reviews.</summary>
public sealed class LaunchKindsTests(CaseStage cases) : IClassFixture<CaseStage>
{
    [Fact]
    [Trait("Requirement", "L-1.11")]
    [Trait("Requirement", "T-1")]
    public async Task Link_that_moved_from_lti_1_1_keeps_its_learner_whose_subject_changed_where_the_district_follows_its_platform()
    {
        var account = await OpenAsync(Legacy("canary-account", "canary-before"));
        Assert.NotEqual(Sub(account), Sub(await OpenAsync(Legacy("canary-account-anew", "canary-before"))));
        Assert.Empty((await cases.Stage.Services.GetRequiredService<RosterSettingsStore>().ChangeAsync(
            cases.Stage.District.Id, new RosterSettingsCommand { FollowPlatform = true }, TestContext.Current.CancellationToken)).Failures);

        var before = await OpenAsync(Legacy("canary-old", "canary-then"));
        var after = await OpenAsync(Legacy("canary-new", "canary-then"));
        var withoutClaim = await OpenAsync(Person("canary-new"));
        var unproven = await OpenAsync(claims =>
        {
            Legacy("canary-third", "canary-then")(claims);
            claims[Claim.Legacy]!.AsObject().Remove("oauth_consumer_key_sign");
        });

        Assert.Equal(Sub(before), Sub(after));
        Assert.Equal(Sub(before), Sub(withoutClaim));
        Assert.NotEqual(Sub(before), Sub(unproven));
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Deep_linking_request_without_a_target_reaches_the_engine_as_what_it_is()
    {
        var opened = await OpenAsync(claims =>
        {
            claims.Remove(Claim.TargetLinkUri);
            claims.Remove(Claim.ResourceLink);
            claims[Claim.MessageType] = "LtiDeepLinkingRequest";
            claims[Claim.Roles] = new JsonArray(Claim.Instructor);
            claims[Claim.DeepLinkingSettings] = new JsonObject { ["deep_link_return_url"] = "https://lms.example/return" };
        });

        Assert.Equal("LtiDeepLinkingRequest", opened.GetProperty("launch").GetProperty("message_type").GetString());
        Assert.Equal("teacher", opened.GetProperty("role").GetString());
    }

    [Fact]
    [Trait("Requirement", "L-1.11")]
    public async Task Command_puts_the_secret_on_file_sealed()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "a secret that is nowhere in the clear\n", TestContext.Current.CancellationToken);
            string[] command = ["platform", "legacy", TestStage.DistrictSlug, $"{cases.NumberOf(CaseStage.Second)}", "--consumer-key", "another key", "--secret-file", file, "--json"];
            var ended = await InProcessCommand.RunAsync(cases.Stage.EnvironmentSettings(), command);
            command[3] = "999999";
            var unknown = await InProcessCommand.RunAsync(cases.Stage.EnvironmentSettings(), command);

            Assert.Equal((0, "another key"), (ended.ExitCode, JsonDocument.Parse(ended.Output).RootElement.GetProperty("consumerKey").GetString()));
            Assert.Equal(1, unknown.ExitCode);
            Assert.Contains("platform.unknown", unknown.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.DoesNotContain(await cases.RowsAsync(), row => row.Contains(Convert.ToHexString("nowhere in the clear"u8), StringComparison.OrdinalIgnoreCase));
        var found = await cases.Stage.Services.GetRequiredService<LegacySecrets>().FindAsync(
            (await cases.Stage.Services.GetRequiredService<RegistrationDirectory>().GetAsync(cases.NumberOf(CaseStage.Second), TestContext.Current.CancellationToken))!.Registration,
            "another key", TestContext.Current.CancellationToken);
        Assert.Equal("a secret that is nowhere in the clear", Encoding.UTF8.GetString(found!.Value.Span));
    }

    [Fact]
    [Trait("Requirement", "L-1.9")]
    public async Task Guest_is_somebody_new_each_time_and_leaves_nothing()
    {
        var before = await cases.RowsAsync();
        var (first, second) = (await OpenAsync(Guest, CaseStage.Guests), await OpenAsync(Guest, CaseStage.Guests));
        var left = (await cases.RowsAsync()).Except(before);

        Assert.NotEqual(Sub(first), Sub(second));
        Assert.Equal(22, Sub(first).Length);
        Assert.True(first.GetProperty("guest").GetBoolean());
        Assert.Equal("student", first.GetProperty("role").GetString());
        Assert.False(first.TryGetProperty("score_ticket", out _));
        Assert.All(left, row => Assert.StartsWith("spent_value ", row, StringComparison.Ordinal));
        var engine = await cases.Stage.Services.GetRequiredService<EngineClients>().FindAsync(TestStage.EngineId, TestContext.Current.CancellationToken);
        Assert.Null(engine!.Ids.RowOf(EngineIdKind.Learner, await DistrictAsync(CaseStage.Guests), Sub(first)));
    }

    [Fact]
    [Trait("Requirement", "L-1.9")]
    public async Task District_changes_its_mind_about_guests()
    {
        var allow = await InProcessCommand.RunAsync(cases.Stage.EnvironmentSettings(), "district", "guests", TestStage.DistrictSlug, "allow", "--json");
        cases.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(JsonDocument.Parse(allow.Output).RootElement.GetProperty("guestsAllowed").GetBoolean());
        Assert.True((await OpenAsync(Guest)).GetProperty("guest").GetBoolean());

        await cases.Stage.Services.GetRequiredService<AllowGuests>().RunAsync(cases.Stage.District.Id, allowed: false, TestContext.Current.CancellationToken);
        cases.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var launch = await cases.BeginAsync();
        Assert.Equal("lti.subject_missing", (await launch.SendAsync(launch.Sign(Guest))).PageCode);
        Assert.Equal(2, (await InProcessCommand.RunAsync(cases.Stage.EnvironmentSettings(), "district", "guests", TestStage.DistrictSlug, "perhaps")).ExitCode);
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Teacher_who_reviews_is_told_whose_work_by_the_engines_own_id()
    {
        var student = await OpenAsync(Person("canary-reviewed"));
        var review = await OpenAsync(Review("canary-teacher", "canary-reviewed", Claim.Instructor));
        var unknown = await OpenAsync(Review("canary-teacher", "canary-never-seen", Claim.Instructor));

        Assert.Equal("LtiSubmissionReviewRequest", review.GetProperty("launch").GetProperty("message_type").GetString());
        Assert.Equal(Sub(student), review.GetProperty("launch").GetProperty("for_learner").GetString());
        Assert.Equal("teacher", review.GetProperty("role").GetString());
        Assert.False(unknown.GetProperty("launch").TryGetProperty("for_learner", out _));
        Assert.False(student.GetProperty("launch").TryGetProperty("for_learner", out _));
        Assert.Equal(2, await cases.Stage.Database.AskAsync<long>(
            $"select count(*) from gateway.launch where message_type = 'LtiSubmissionReviewRequest' and learner_id = {await cases.Stage.LearnerOfAsync(review)}"));
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Student_reviews_their_own_work()
    {
        var review = await OpenAsync(Review("canary-own", "canary-own", Claim.Learner));
        Assert.Equal(Sub(review), review.GetProperty("launch").GetProperty("for_learner").GetString());
    }

    private static string Sub(JsonElement claims) => claims.GetProperty("sub").GetString()!;

    private static void Guest(JsonObject claims)
    {
        claims.Remove("sub");
        claims.Remove(Claim.GradeService);
    }

    private static Action<JsonObject> Person(string subject) => claims =>
    {
        claims["sub"] = subject;
        claims.Remove(Claim.Lis);
    };

    private static Action<JsonObject> Review(string subject, string user, string role) => claims =>
    {
        Person(subject)(claims);
        claims[Claim.MessageType] = "LtiSubmissionReviewRequest";
        claims[Claim.ForUser] = new JsonObject { ["user_id"] = user };
        claims[Claim.Roles] = new JsonArray(role);
    };

    private static Action<JsonObject> Legacy(string subject, string user) => claims =>
    {
        Person(subject)(claims);
        var text = string.Join('&', CaseStage.LegacyKey, claims[Claim.DeploymentId], claims["iss"], claims["aud"], claims["exp"], claims["nonce"]);
        claims[Claim.Legacy] = new JsonObject
        {
            ["user_id"] = user,
            ["oauth_consumer_key"] = CaseStage.LegacyKey,
            ["oauth_consumer_key_sign"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(CaseStage.LegacySecret), Encoding.UTF8.GetBytes(text))),
        };
    };

    private async Task<JsonElement> OpenAsync(Action<JsonObject> change, string client = CaseStage.Main)
    {
        var launch = await cases.BeginAsync(client);
        var answer = await launch.SendAsync(launch.Sign(change));
        return answer.Location is { } handOff
            ? await cases.Engine.SignInAsync(handOff)
            : throw new InvalidOperationException($"The launch was refused: {answer.PageCode}");
    }

    private async Task<int> DistrictAsync(string slug) =>
        (await cases.Stage.Services.GetRequiredService<FindDistrict>().BySlugAsync(slug, TestContext.Current.CancellationToken)).Value.Id;
}
