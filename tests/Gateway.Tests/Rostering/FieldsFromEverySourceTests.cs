using System.Net.Http.Headers;
using System.Text;
using Gateway.Privacy;
using Gateway.Rostering;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Samples.Sis;

namespace Gateway.Tests.Rostering;

/// <summary>The fields that a district may switch on, from each version and binding of a sample SIS.</summary>
[Trait("Requirement", "P-1.4")]
public sealed class FieldsFromEverySourceTests(RosterDatabase database) : IClassFixture<RosterDatabase>, IAsyncLifetime
{
    private static readonly SharedField[] Every = Enum.GetValues<SharedField>();
    private readonly SisOptions sis = new() { Students = 60 };
    private WebApplication server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SisState State => server.Services.GetRequiredService<SisState>();

    public async ValueTask InitializeAsync()
    {
        sis.Time = database.Clock;
        server = SisServer.Build(sis);
        await server.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("csv", "1.1")]
    [InlineData("csv", "1.2")]
    [InlineData("rest", "1.1")]
    [InlineData("rest", "1.2")]
    public async Task Switched_on_they_are_as_the_SIS_has_them_and_switched_off_they_are_not_read(string binding, string version)
    {
        var (on, off) = (await database.AddDistrictAsync(), await database.AddDistrictAsync());
        await database.ShareAsync(on, Every);

        await RunAsync(on, binding, version);
        await RunAsync(off, binding, version);

        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, on));
        Assert.Empty(await KeptFields.AnyAsync(database, off));
        var people = State.Roster.District;
        Assert.Equal(
            Enumerable.Range(0, 60).Select(people.Student).GroupBy(student => student.Grade!).OrderBy(grade => grade.Key, StringComparer.Ordinal).Select(grade => $"{grade.Key} {grade.Count()}"),
            (await database.AskAsync<string>("""
                select string_agg(line, ',' order by line collate "C") from (
                  select array_to_string(grades, '+') || ' ' || count(*) as line from gateway.learner where district_id = @d and role = 'student' group by grades) g
                """, on)).Split(','));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and role = 'teacher' and grades is not null", on));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.class where district_id = @d and (title is null or subjects is null or grades is null)", on));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    [Trait("Requirement", "P-1.6")]
    [Trait("Requirement", "R-1.5")]
    public async Task A_server_is_asked_for_what_is_switched_on_and_for_nothing_more(string version)
    {
        var district = await database.AddDistrictAsync();
        await RunAsync(district, "rest", version);
        Assert.Empty(Asked());

        await database.ShareAsync(district, SharedField.ClassTitle, SharedField.Role, SharedField.TermDates);
        await RunAsync(district, "rest", version);
        Assert.Equal(["classes title"], Asked());

        await database.ShareAsync(district, Every);
        await RunAsync(district, "rest", version);
        Assert.Equal(["classes grades", "classes subjects", "classes title", "orgs name", "users grades"], Asked());
    }

    [Fact]
    [Trait("Requirement", "R-1.6")]
    public async Task A_source_of_changes_is_asked_for_everything_once_after_a_field_was_switched_on()
    {
        var district = await database.AddDistrictAsync();
        await ConnectAsync(district, "1.2", delta: true);
        await SyncAsync(district);
        database.Clock.Advance(TimeSpan.FromDays(1));
        await database.ShareAsync(district, SharedField.Grades);
        database.Clock.Advance(TimeSpan.FromDays(1));

        await SyncAsync(district);
        Assert.Equal(["class.grades", "learner.grades"], await KeptFields.AnyAsync(database, district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and role = 'student' and grades is null", district));

        database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await SyncAsync(district)).Rows.GetValueOrDefault("users") < 60);
    }

    /// <summary>What the server was last asked for of the fields that may be switched on, and of terms' titles, which may not.</summary>
    private IEnumerable<string> Asked() =>
        from collection in State.Stats.LastFields
        from field in collection.Value!.Split(',')
        where field is "name" or "title" or "subjects" or "grades" or "subjectCodes"
        let text = $"{collection.Key} {field}"
        orderby text
        select text;

    private async Task RunAsync(int district, string binding, string version)
    {
        if (binding == "rest")
        {
            await ConnectAsync(district, version);
            await SyncAsync(district);
            return;
        }

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sis.ClientId}:{sis.ClientSecret}")));
        using var folder = new TemporaryFolder();
        var archive = Path.Combine(folder.Path, "export.zip");
        await File.WriteAllBytesAsync(archive, await http.GetByteArrayAsync($"{server.Urls.First()}/export/oneroster-{version}.zip", Cancellation), Cancellation);
        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, archive)).State);
    }

    private async Task ConnectAsync(int district, string version, bool delta = false) =>
        Assert.Empty((await TestConnections.Of(database, options: new() { AllowPrivateNetworks = true }).ConnectAsync(new RosterConnectCommand(district)
        {
            Version = version,
            BaseUrl = $"{server.Urls.First()}/ims/oneroster/{(version == "1.1" ? "v1p1" : "rostering/v1p2")}",
            TokenUrl = $"{server.Urls.First()}/token",
            ClientId = sis.ClientId,
            Secret = Encoding.UTF8.GetBytes(sis.ClientSecret),
            Delta = delta,
        }, Cancellation)).Problems);

    private async Task<RosterRunOutcome> SyncAsync(int district)
    {
        var connections = TestConnections.Of(database, options: new() { AllowPrivateNetworks = true });
        var outcome = await new RosterSync(connections, database.Pipeline, new RosterPulls(database.Gateway), database.Clock)
            .RunAsync(new RosterRunRequest(district, RosterTrigger.Command, DryRun: false) { Approved = true }, Cancellation);
        Assert.Equal((RosterRunState.Applied, null), (outcome.State, outcome.Code));
        return outcome;
    }
}
