using Microsoft.Extensions.Logging.Abstractions;
using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Validation;
using Samples.Sis;

namespace OneRoster.Tests.Rest;

[Trait("Requirement", "R-1.1")]
public sealed class RosterServerProbeTests
{
    [Theory]
    [InlineData("/", OneRosterVersion.V1P2, null, "/ims/oneroster/rostering/v1p2/", OneRosterVersion.V1P2)]
    [InlineData("/", OneRosterVersion.V1P1, null, "/ims/oneroster/v1p1/", OneRosterVersion.V1P1)]
    [InlineData("/ims/oneroster/v1p1", OneRosterVersion.V1P2, null, "/ims/oneroster/v1p1/", OneRosterVersion.V1P1)]
    [InlineData("/", OneRosterVersion.V1P2, "/ims/oneroster/v1p1", "/ims/oneroster/v1p1/", OneRosterVersion.V1P1)]
    [InlineData("/ims/oneroster/rostering/v1p2", OneRosterVersion.V1P2, "/learningdata/v1", "/learningdata/v1/", OneRosterVersion.V1P1)]
    [InlineData("/ims/oneroster", OneRosterVersion.V1P2, null, "/ims/oneroster/rostering/v1p2/", OneRosterVersion.V1P2)]
    [InlineData("/somewhere/else", OneRosterVersion.V1P2, null, "/ims/oneroster/rostering/v1p2/", OneRosterVersion.V1P2)]
    public async Task Server_is_found_near_the_address_that_is_given(string given, OneRosterVersion expected, string? only, string path, OneRosterVersion version)
    {
        await using var stage = await SisStage.StartAsync(students: 20);
        stage.Sis.Faults.Lasting = new LastingFaults { OnlyPath = only };
        var facts = (await ProbeAsync(stage, given, expected)).Facts!;
        Assert.Equal((path, version), (facts.BaseUrl.AbsolutePath, facts.Version));
        Assert.Equal((true, true, true, true), (facts.SendsCounts, facts.SendsLinks, facts.HonoursFields, facts.AcceptsSort));
        Assert.NotEmpty(await stage.ReadAsync(stage.Observer, options => options with { Version = facts.Version, BaseUrl = facts.BaseUrl }));
    }

    [Fact]
    public async Task What_the_server_cannot_do_is_told()
    {
        await using var stage = await SisStage.StartAsync(students: 20);
        stage.Sis.Faults.Lasting = new LastingFaults { OmitCounts = true, IgnoreFields = true, RefuseSort = true };
        var facts = (await ProbeAsync(stage, "/", OneRosterVersion.V1P2)).Facts!;
        Assert.Equal((false, false, false, false), (facts.SendsCounts, facts.SendsLinks, facts.HonoursFields, facts.AcceptsSort));
        Assert.Equal(["orgs"], stage.State.Stats.Requests.Keys);
    }

    [Fact]
    public void Vendors_own_beginning_of_the_path_is_kept()
    {
        var candidates = ProbeCandidates.Of(new Uri("https://sis.example/campus/oneroster/oak/learningdata/v1"), OneRosterVersion.V1P2);
        Assert.Equal(
            ["/campus/oneroster/oak/learningdata/v1/", "/campus/oneroster/oak/ims/oneroster/rostering/v1p2/"], candidates.Take(2).Select(candidate => candidate.Address.AbsolutePath));
        Assert.Equal(OneRosterVersion.V1P1, candidates[0].Version);
        Assert.Contains(candidates, candidate => candidate.Address.AbsolutePath == "/ims/oneroster/v1p1/");
    }

    [Fact]
    public async Task Failure_names_the_addresses_that_were_tried_and_nothing_that_was_answered()
    {
        await using var stage = await SisStage.StartAsync(students: 20);
        stage.Sis.Faults.Lasting = new LastingFaults { OnlyPath = "/nowhere" };
        var outcome = await ProbeAsync(stage, "/made/up", OneRosterVersion.V1P2);
        Assert.Equal(RosterFailures.NoServerFound, outcome.Refusal!.Code);
        Assert.All(outcome.Tried, tried => Assert.Equal((RosterFailures.UnexpectedStatus, 404), (tried.Code, tried.HttpStatus)));
        Assert.Contains("/made/up/", outcome.Refusal.Text, StringComparison.Ordinal);
        Assert.Contains("/learningdata/v1/", outcome.Refusal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not found", outcome.Refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "R-1.2")]
    public async Task Wrong_secret_is_told_apart_from_a_wrong_address()
    {
        await using var stage = await SisStage.StartAsync(students: 20);
        var wrong = (RestAccess.ClientCredentials)stage.Credentials with { ClientSecret = "made-up" };
        var options = stage.Options(options => options with { Access = wrong });
        var outcome = await new RosterServerProbe(stage.Http, stage.Time, NullLogger<RosterServerProbe>.Instance).ProbeAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal(RosterFailures.TokenRefused, outcome.Refusal!.Code);
        Assert.DoesNotContain("made-up", outcome.Refusal.Text, StringComparison.Ordinal);
    }

    private static Task<RosterProbeOutcome> ProbeAsync(SisStage stage, string path, OneRosterVersion version) =>
        new RosterServerProbe(stage.Http, stage.Time, NullLogger<RosterServerProbe>.Instance)
            .ProbeAsync(new RestRosterSourceOptions(version, new Uri(stage.Url, path), stage.Credentials), TestContext.Current.CancellationToken);
}
