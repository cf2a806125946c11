using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Engine;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using Samples.PracticeEngine;

namespace Gateway.Tests.Engine;

/// <summary>The sample engine as a whole: signs in, reads the roster, is nudged by webhooks and follows the feed.</summary>
public sealed class SampleEngineTests(EngineStage stage) : IClassFixture<EngineStage>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sample_engines_copy_is_the_roster_and_stays_it(bool byWebhook)
    {
        var options = Options();
        if (byWebhook)
            options.WebhookSecrets = (await stage.Get<WebhookEndpoints>().SetAsync(TestStage.EngineId, $"{options.Url}/webhooks/gateway", CancellationToken.None)).Value.NewSecret
                ?? throw new InvalidOperationException("The secret is shown when it is made.");
        await using var engine = PracticeEngineServer.Build(options);
        await engine.StartAsync(TestContext.Current.CancellationToken);
        await SeesTheRosterAsync(options, classes: 3);

        await stage.ImportAsync(new MadeUpRoster().Class("class-4", "south").Person("student-7", "student", "south").Enroll("student-7", "class-4"));
        await SeesTheRosterAsync(options, classes: 4);
        await stage.ImportAsync(new MadeUpRoster());
        await SeesTheRosterAsync(options, classes: 3);

        var copy = await CopyAsync(options);
        Assert.Equal(byWebhook, copy.GetProperty("webhooks").GetInt64() > 0);
        if (byWebhook)
            Assert.Empty((await stage.Get<WebhookEndpoints>().RemoveAsync(TestStage.EngineId, CancellationToken.None)).Failures);
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    [Trait("Requirement", "T-1")]
    public async Task Sample_engine_follows_people_who_are_joined_and_split()
    {
        var options = Options();
        await using var engine = PracticeEngineServer.Build(options);
        await engine.StartAsync(TestContext.Current.CancellationToken);
        await SeesTheRosterAsync(options, classes: 3);
        var two = await stage.Stage.Database.AskAsync<long[]>(
            $"select array_agg(id order by id) from (select id from gateway.learner where district_id = {stage.District} and role = 'student' and on_roster order by id limit 2) two");

        var joined = await stage.Get<JoinPeople>().RunAsync(stage.District, two[0], two[1], confirmed: true, TestContext.Current.CancellationToken);
        await SeesTheRosterAsync(options, classes: 3);
        Assert.Equal(two[1], (await stage.Get<SplitPeople>().RunAsync(stage.District, joined.Value.Join!.Value, TestContext.Current.CancellationToken)).Value.Learner);
        await SeesTheRosterAsync(options, classes: 3);

        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Sample_engine_takes_no_webhook_that_the_gateway_did_not_sign()
    {
        var options = Options();
        (options.FollowRoster, options.WebhookSecrets) = (false, "whsec_" + Convert.ToBase64String(new byte[32]));
        await using var engine = PracticeEngineServer.Build(options);
        await engine.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"{options.Url}/webhooks/gateway")
        {
            Content = new StringContent("""{"type":"roster.changed","data":{"district":"x"}}""", Encoding.UTF8, "application/json"),
        };
        forged.Headers.Add("webhook-id", "1");
        forged.Headers.Add("webhook-timestamp", stage.Stage.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        forged.Headers.TryAddWithoutValidation("webhook-signature", "v1,AAAA");

        using var answer = await http.SendAsync(forged, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, (await CopyAsync(options)).GetProperty("webhooks").GetInt64());
    }

    private PracticeEngineOptions Options() => new()
    {
        Url = Loopback.FreeUrl(),
        Authority = stage.Stage.GatewayUrl,
        ClientId = TestStage.EngineId,
        ClientSecret = TestStage.EngineSecret,
        ControlKey = TestStage.ControlKey,
        FollowRoster = true,
        Time = stage.Stage.Clock,
    };

    // Somebody who left the roster is still a learner, in no class.
    private async Task SeesTheRosterAsync(PracticeEngineOptions options, int classes)
    {
        var learners = (await EngineStage.AllAsync(stage.Engine, "learners")).Count;
        var places = (await EngineStage.AllAsync(stage.Engine, "enrollments")).Count;
        Assert.Equal(classes, (await EngineStage.AllAsync(stage.Engine, "classes")).Count);
        var picture = $"{classes} classes, {learners} learners, {places} places";
        await Until.TrueAsync(
            async () => (await CopyAsync(options)).GetProperty("districts").EnumerateArray().Select(district =>
                $"{district.GetProperty("classes")} classes, {district.GetProperty("learners")} learners, {district.GetProperty("memberships")} places").SingleOrDefault() == picture,
            $"an engine that sees {picture}");
    }

    private static async Task<JsonElement> CopyAsync(PracticeEngineOptions options)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Control-Key", TestStage.ControlKey);
        return JsonDocument.Parse(await http.GetStringAsync($"{options.Url}/roster-copy")).RootElement;
    }
}
