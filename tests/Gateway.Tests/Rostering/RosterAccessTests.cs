using System.Text;
using Gateway.Hosting;
using Gateway.Rostering;
using Microsoft.AspNetCore.Builder;
using OneRoster.Model;
using OneRoster.Validation;
using Samples.Sis;

namespace Gateway.Tests.Rostering;

/// <summary>How districts' servers are reached: every kind of authorization, the probe, and changes only.</summary>
public sealed class RosterAccessTests(RosterDatabase database) : IClassFixture<RosterDatabase>, IAsyncLifetime
{
    private readonly SisOptions sis = new() { Students = 20 };
    private WebApplication server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sis.Time = database.Clock;
        server = SisServer.Build(sis);
        await server.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(null, SisAuthorization.OAuth2)]
    [InlineData("oauth2", SisAuthorization.OAuth2)]
    [InlineData("oauth1-sha256", SisAuthorization.OAuth1Sha256)]
    [InlineData("oauth1-sha1", SisAuthorization.OAuth1Sha1)]
    [InlineData("bearer", SisAuthorization.StaticToken)]
    [Trait("Requirement", "R-1.1")]
    [Trait("Requirement", "R-1.2")]
    public async Task Server_is_found_by_its_host_and_read_by_each_kind_of_authorization(string? auth, SisAuthorization kind)
    {
        var district = await database.AddDistrictAsync();
        sis.Faults.Lasting = new LastingFaults { Authorization = kind, OnlyPath = "/ims/oneroster/v1p1" };

        var outcome = await Connections().ConnectAsync(Command(district, auth) with { Probe = true }, Cancellation);

        Assert.Empty(outcome.Problems);
        Assert.Equal("/ims/oneroster/v1p1/", outcome.Found!.BaseUrl.AbsolutePath);
        Assert.Equal("1.1", await database.AskAsync<string>("select version from gateway.roster_source where district_id = @d", district));
        await using var source = (await Connections().OpenAsync(district, Cancellation)).Source!;
        var rows = 0;
        await foreach (var row in source.ReadAsync(FieldAllowList.Create([(RosterCollection.Orgs, "sourcedId"), (RosterCollection.Orgs, "status"), (RosterCollection.Orgs, "type")]), new RosterLedger(), Cancellation))
            rows++;
        Assert.True(rows > 0);
    }

    [Fact]
    [Trait("Requirement", "R-1.1")]
    public async Task Nothing_is_stored_when_the_probe_finds_nothing()
    {
        var district = await database.AddDistrictAsync();
        sis.Faults.Lasting = new LastingFaults { OnlyPath = "/nowhere" };

        var outcome = await Connections().ConnectAsync(Command(district, null) with { Probe = true }, Cancellation);

        Assert.Equal(RosterFailures.NoServerFound, Assert.Single(outcome.Problems).Code);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_source where district_id = @d", district));
    }

    [Fact]
    [Trait("Requirement", "R-1.2")]
    public async Task Options_that_do_not_go_together_are_all_named()
    {
        var district = await database.AddDistrictAsync();
        var bearer = Command(district, "bearer") with { TokenUrl = "https://sis.example/token", ClientId = "made-up", Scope = "demographics", Secret = "two words"u8.ToArray() };
        var folder = new RosterConnectCommand(district) { CsvFolder = Path.GetTempPath(), Delta = true };

        Assert.Equal(
            ["roster.token_url_unused", "roster.client_id_unused", "roster.scope_unused", "roster.scope_demographics", "roster.token_invalid"], await CodesAsync(bearer));
        Assert.Equal(["roster.auth_invalid", "roster.url_invalid"], await CodesAsync(Command(district, "basic") with { TokenUrl = "token" }));
        Assert.Equal(["roster.rest_option"], await CodesAsync(folder));
    }

    [Fact]
    [Trait("Requirement", "R-1.6")]
    public async Task Changes_are_asked_for_between_full_pulls_and_a_new_source_begins_with_a_full_one()
    {
        var district = await database.AddDistrictAsync();
        var pulls = new RosterPulls(database.Gateway);
        await Connections().ConnectAsync(Command(district, null) with { Delta = true }, Cancellation);
        Assert.Equal(RosterExtent.Full, await ExtentAsync(district));

        await pulls.AppliedAsync(district, database.Clock.GetUtcNow(), full: true, Cancellation);
        Assert.Equal(RosterExtent.Changes, await ExtentAsync(district));
        await pulls.AppliedAsync(district, database.Clock.GetUtcNow(), full: false, Cancellation);
        Assert.Equal(RosterExtent.Changes, await ExtentAsync(district));

        await pulls.ForgetAsync(district, Cancellation);
        Assert.Equal(RosterExtent.Full, await ExtentAsync(district));

        await pulls.AppliedAsync(district, database.Clock.GetUtcNow(), full: true, Cancellation);
        await Connections().ConnectAsync(Command(district, null) with { Delta = true }, Cancellation);
        Assert.Equal(RosterExtent.Full, await ExtentAsync(district));
    }

    [Fact]
    [Trait("Requirement", "R-1.6")]
    [Trait("Requirement", "R-4.1")]
    public async Task What_a_pause_window_or_a_run_that_waits_keeps_out_is_asked_for_again()
    {
        var district = await database.AddDistrictAsync();
        var pulls = new RosterPulls(database.Gateway);
        var sync = new RosterSync(Connections(), database.Pipeline, pulls, database.Clock);
        var request = new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false);
        Assert.Empty((await Connections().ConnectAsync(Command(district, null) with { Delta = true, Probe = true }, Cancellation)).Problems);

        Assert.Equal(RosterRunState.Applied, (await sync.RunAsync(request with { AdditionsOnly = true }, Cancellation)).State);
        Assert.Equal(RosterExtent.Full, await ExtentAsync(district));

        Assert.Equal(RosterRunState.Applied, (await sync.RunAsync(request, Cancellation)).State);
        Assert.Equal(RosterExtent.Changes, await ExtentAsync(district));

        await pulls.ForgetAsync(district, Cancellation);
        await database.SetAsync(district, new RosterSettingsCommand { Schools = ["nowhere"] });
        Assert.Equal(RosterRunState.Waiting, (await sync.RunAsync(request, Cancellation)).State);
        Assert.Equal(RosterExtent.Full, await ExtentAsync(district));
    }

    private async Task<RosterExtent> ExtentAsync(int district)
    {
        await using var source = (await Connections().OpenAsync(district, Cancellation)).Source!;
        return source.ExtentOf(RosterCollection.Users);
    }

    private async Task<IEnumerable<string>> CodesAsync(RosterConnectCommand command) =>
        (await Connections().ConnectAsync(command, Cancellation)).Problems.Select(problem => problem.Code);

    private RosterConnectCommand Command(int district, string? auth) => new(district)
    {
        Version = "1.2",
        BaseUrl = server.Urls.First(),
        TokenUrl = auth is null or "oauth2" ? server.Urls.First() + "/token" : null,
        ClientId = auth == "bearer" ? null : sis.ClientId,
        Secret = Encoding.UTF8.GetBytes(sis.ClientSecret),
        Auth = auth,
    };

    private RosterConnections Connections() => TestConnections.Of(database, options: new GatewayOptions { AllowPrivateNetworks = true });
}
