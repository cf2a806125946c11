using System.Net;
using Gateway.Alerts;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;
using Lti.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Launches;

/// <summary>Which deployments of a platform launch: one that was given or learned, and those that somebody approved.</summary>
[Trait("Requirement", "T-7")]
public sealed class DeploymentTests(CaseStage cases) : IClassFixture<CaseStage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int District => cases.Stage.District.Id;

    [Fact]
    public async Task Learning_ends_with_the_first_launch_and_later_deployments_wait_until_somebody_approves_them()
    {
        var client = await cases.RegisterAsync("learning-ends", Keys, learnsDeployments: true);
        var platform = cases.NumberOf(client);
        Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync(client, "ours")).Status);
        var told = await IncidentsAsync();

        Assert.Equal("lti.deployment_unknown", (await LaunchAsync(client, "of-strangers")).PageCode);
        Assert.Equal("lti.deployment_unknown", (await LaunchAsync(client, "of-strangers")).PageCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync(client, "ours")).Status);

        Assert.Equal("of-strangers waiting,ours active", await StatesAsync(platform));
        Assert.Equal(told + 2, await IncidentsAsync());
        Assert.Equal(1, await AuditedAsync("platform.deployment_learned", platform));
        Assert.Equal(1, await AuditedAsync("platform.deployment_waits", platform));
        Assert.Equal("platform.deployment_unknown", (await Get<AddDeployment>().ApproveAsync(District, platform, "never-seen", Cancellation)).Failures[0].Code);
        Assert.True((await Get<AddDeployment>().ApproveAsync(District, platform, "of-strangers", Cancellation)).Value);
        Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync(client, "of-strangers")).Status);
        Assert.Equal(1, (await Get<RemoveDeployment>().RunAsync(District, platform, "of-strangers", Cancellation)).Value);
        Assert.Equal("lti.deployment_unknown", (await LaunchAsync(client, "of-strangers")).PageCode);
    }

    [Fact]
    public async Task Of_two_first_launches_at_once_one_deployment_is_learned_and_the_other_waits()
    {
        for (var round = 0; round < 5; round++)
        {
            var client = await cases.RegisterAsync($"at-once-{round}", Keys, learnsDeployments: true);
            var launches = new List<(CaseLaunch Launch, string Token)>();
            for (var one = 0; one < 4; one++)
            {
                var begun = await cases.BeginAsync(client);
                launches.Add((begun, begun.Sign(claims => claims[Claim.DeploymentId] = $"deployment-{one}")));
            }

            var answers = await Task.WhenAll(launches.Select(launch => launch.Launch.SendAsync(launch.Token)));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther);
            Assert.Equal(3, answers.Count(answer => answer.PageCode == "lti.deployment_unknown"));
            Assert.Equal("active,waiting,waiting,waiting", await cases.Stage.Database.AskAsync<string>(
                $"select string_agg(state, ',' order by state) from gateway.deployment where registration_id = {cases.NumberOf(client)}"));
        }
    }

    [Fact]
    public async Task Launch_on_a_replica_that_has_not_heard_of_the_learned_deployment_is_refused_in_the_database()
    {
        var client = await cases.RegisterAsync("stale-replica", Keys, learnsDeployments: true);
        var begun = await cases.BeginAsync(client);
        // Learned elsewhere, while this process remembers the registration as one that learns.
        await cases.Stage.Database.ExecuteAsync($"""
            insert into gateway.deployment (district_id, registration_id, deployment_id, created_at) values ({District}, {cases.NumberOf(client)}, 'learned-elsewhere', now());
            update gateway.registration set learns_deployments = false where id = {cases.NumberOf(client)};
            """);

        Assert.Equal("lti.deployment_unknown", (await begun.SendAsync(begun.Sign(claims => claims[Claim.DeploymentId] = "late"))).PageCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync(client, "learned-elsewhere")).Status);
        Assert.Equal("late waiting,learned-elsewhere active", await StatesAsync(cases.NumberOf(client)));
    }

    [Fact]
    public async Task No_more_than_fifty_deployments_wait_and_none_that_could_not_be_shown()
    {
        var client = await cases.RegisterAsync("crowd", Keys);
        var platform = cases.NumberOf(client);
        Assert.Equal("lti.deployment_unknown", (await LaunchAsync(client, "turned\u202eround")).PageCode);
        Assert.Equal("deployment-1 active", await StatesAsync(platform));
        await cases.Stage.Database.ExecuteAsync(
            $"insert into gateway.deployment (district_id, registration_id, deployment_id, state, created_at) select {District}, {platform}, 'w' || n, 'waiting', now() from generate_series(1, {RegistrationNotes.MostWaiting - 1}) n");

        foreach (var deployment in new[] { "fiftieth", "one-too-many" })
            Assert.Equal("lti.deployment_unknown", (await LaunchAsync(client, deployment)).PageCode);

        Assert.Equal(RegistrationNotes.MostWaiting, await cases.Stage.Database.AskAsync<long>($"select count(*) from gateway.deployment where registration_id = {platform} and state = 'waiting'"));
        Assert.Equal(1, await cases.Stage.Database.AskAsync<long>($"select count(*) from gateway.deployment where registration_id = {platform} and deployment_id = 'fiftieth'"));
    }

    [Fact]
    public async Task Every_deployment_is_learned_of_a_Canvas_where_somebody_says_so_and_of_nothing_else()
    {
        var canvas = (await cases.AddAsync("learns-all", Keys, District, [], "canvas")).Value.Id;
        Assert.True((await Get<LearnDeployments>().RunAsync(District, canvas, all: true, Cancellation)).Value);
        foreach (var deployment in new[] { "a", "b", "c" })
            Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync("learns-all", deployment)).Status);
        Assert.Equal("a active,b active,c active", await StatesAsync(canvas));

        Assert.True((await Get<LearnDeployments>().RunAsync(District, canvas, all: false, Cancellation)).Value);
        Assert.Equal("lti.deployment_unknown", (await LaunchAsync("learns-all", "d")).PageCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync("learns-all", "c")).Status);
        Assert.Equal("platform.learning_not_used", (await Get<LearnDeployments>().RunAsync(District, cases.NumberOf(CaseStage.Main), all: true, Cancellation)).Failures[0].Code);
    }

    [Fact]
    public async Task Two_districts_share_issuer_and_client_id_and_each_launch_goes_to_its_own()
    {
        var other = await cases.AddDistrictAsync("sharing-client");
        await cases.Stage.Database.ExecuteAsync($"update gateway.district set engine_client_id = '{TestStage.EngineId}' where id = {other}");
        var ours = (await cases.AddAsync("shared", Keys, District, ["ours"])).Value.Id;
        Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync("shared", "ours")).Status);
        var theirs = (await cases.AddAsync("shared", Keys, other, ["theirs"])).Value.Id;
        cases.Stage.Clock.Advance(TimeSpan.FromMinutes(1));

        // With the deployment at login and without it, from a directory that is empty and from one that is full.
        foreach (var atLogin in new[] { true, false, true, false })
        {
            var launched = await LaunchesAsync(ours, theirs);
            Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync("shared", "ours", atLogin)).Status);
            Assert.Equal(HttpStatusCode.SeeOther, (await LaunchAsync("shared", "theirs", atLogin)).Status);
            Assert.Equal((launched.Ours + 1, launched.Theirs + 1), await LaunchesAsync(ours, theirs));
        }

        Assert.Equal("lti.deployment_unknown", (await LaunchAsync("shared", "of-nobody")).PageCode);
        var begun = await cases.BeginAsync("shared", login => login["lti_deployment_id"] = "ours");
        Assert.Equal("lti.deployment_unknown", (await begun.SendAsync(begun.Sign(claims => claims[Claim.DeploymentId] = "theirs"))).PageCode);
    }

    [Fact]
    public async Task Districts_that_share_a_client_must_name_their_deployments_and_never_the_same()
    {
        var other = await cases.AddDistrictAsync("sharing-rules");
        var learning = (await cases.AddAsync("rules", Keys, District, [])).Value.Id;
        Assert.Equal("platform.client_shared", (await cases.AddAsync("rules", Keys, other, ["theirs"])).Failures[0].Code);
        Assert.Equal("platform.exists", (await cases.AddAsync("rules", Keys, District, ["ours"])).Failures[0].Code);
        await Get<AddDeployment>().RunAsync(District, learning, "ours", Cancellation);

        Assert.Equal("platform.client_shared", (await cases.AddAsync("rules", Keys, other, [])).Failures[0].Code);
        Assert.Equal("platform.deployment_taken", (await cases.AddAsync("rules", Keys, other, ["ours"])).Failures[0].Code);
        var theirs = (await cases.AddAsync("rules", Keys, other, ["theirs"])).Value.Id;
        Assert.Equal("platform.deployment_taken", (await Get<AddDeployment>().RunAsync(District, learning, "theirs", Cancellation)).Failures[0].Code);

        // One that was removed gives its deployments free, and does not come back to them when they are another's.
        await Get<RemovePlatform>().RunAsync(other, theirs, Cancellation);
        Assert.True((await Get<AddDeployment>().RunAsync(District, learning, "theirs", Cancellation)).Value);
        Assert.Equal("platform.deployment_taken", (await Get<ApprovePlatform>().RunAsync(other, theirs, [], false, Cancellation)).Failures[0].Code);
    }

    [Fact]
    public async Task Same_deployment_is_given_to_one_of_many_districts_that_ask_at_once()
    {
        var districts = new List<int>();
        for (var n = 0; n < 4; n++)
            districts.Add(await cases.AddDistrictAsync($"racing-{n}"));
        var added = await Task.WhenAll(districts.Select(district => cases.AddAsync("race", Keys, district, ["wanted"])));
        Assert.Single(added, one => one.Succeeded);
        Assert.All(added.Where(one => !one.Succeeded), one => Assert.Equal("platform.deployment_taken", one.Failures[0].Code));
    }

    [Fact]
    public async Task Deployment_that_waits_at_one_district_waits_no_longer_when_it_is_anothers()
    {
        var other = await cases.AddDistrictAsync("late-customer");
        var first = (await cases.AddAsync("waits-elsewhere", Keys, District, ["ours"])).Value.Id;
        Assert.Equal("lti.deployment_unknown", (await LaunchAsync("waits-elsewhere", "theirs")).PageCode);
        Assert.Equal("ours active,theirs waiting", await StatesAsync(first));
        Assert.True((await cases.AddAsync("waits-elsewhere", Keys, other, ["theirs"])).Succeeded);
        Assert.Equal("ours active", await StatesAsync(first));
    }

    [Fact]
    public void Unapproved_deployment_and_a_line_item_elsewhere_are_told_at_most_daily() =>
        Assert.All(new[] { IncidentKind.UnknownDeployment, IncidentKind.LineItemElsewhere }, kind => Assert.Equal(TimeSpan.FromDays(1), kind.ToldEvery));

    private static Microsoft.AspNetCore.Http.IResult Keys() => CasePlatform.KeySet(SigningKey.First);

    private T Get<T>() where T : notnull => cases.Stage.Services.GetRequiredService<T>();

    private Task<Answer> LaunchAsync(string client, string deployment, bool atLogin = false) => cases.LaunchAsync(
        client, claims => claims[Claim.DeploymentId] = deployment, login =>
        {
            if (atLogin)
                login["lti_deployment_id"] = deployment;
        });

    private Task<string> StatesAsync(int registration) => cases.Stage.Database.AskAsync<string>(
        $"select string_agg(deployment_id || ' ' || state, ',' order by deployment_id collate \"C\") from gateway.deployment where registration_id = {registration}");

    private Task<long> IncidentsAsync() => cases.Stage.Database.AskAsync<long>(
        $"select coalesce((select total from gateway.incident where district_id = {District} and kind = 'unknown_deployment'), 0)");

    private Task<long> AuditedAsync(string action, int platform) => cases.Stage.Database.AskAsync<long>(
        $"select count(*) from gateway.audit_entry where action = '{action}' and details::jsonb ->> 'platform' = '{platform}'");

    private async Task<(long Ours, long Theirs)> LaunchesAsync(int ours, int theirs) => (
        await cases.Stage.Database.AskAsync<long>($"select count(*) from gateway.launch where registration_id = {ours}"),
        await cases.Stage.Database.AskAsync<long>($"select count(*) from gateway.launch where registration_id = {theirs}"));
}
