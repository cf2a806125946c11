using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Samples.Sis;

namespace Gateway.Tests.Privacy;

/// <summary>Takes a stage through every path with everybody's data, errors included, and keeps what came out of it.</summary>
internal sealed class CanaryRun(TestStage stage, TestEngine engine) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("canary-").FullName;
    private readonly List<Visitor> visitors = [];

    /// <summary>What districts and operators were told.</summary>
    public List<string> Told { get; } = [];

    /// <summary>How each roster run ended.</summary>
    public List<RosterRunOutcome> Rosters { get; } = [];

    /// <summary>An export of the SIS and an id_token of the LMS: these hold what is looked for.</summary>
    public (byte[] Export, string IdToken) Sources { get; private set; }

    public IEnumerable<Answer> FromGateway => visitors.SelectMany(visitor => visitor.FromGateway);

    public async Task RunAsync()
    {
        await LaunchesAsync();
        await RostersAsync();
        await BrokenServersAsync();
        await BrokenFilesAsync();
        await LaunchesAsync();
        await ScoresAsync();
        await IntrudersAsync();
        await EngineAsync();
        await RightsAsync();
        await CrashAsync();
        await KillAsync();
    }

    public void Dispose()
    {
        visitors.ForEach(visitor => visitor.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Visitor> VisitorAsync(string login)
    {
        var visitor = await Visitor.SignInAsync(stage, login);
        visitors.Add(visitor);
        return visitor;
    }

    private async Task LaunchesAsync()
    {
        foreach (var login in new[] { "teacher", "student-1", "student-2", "student-3" })
        {
            var visitor = await VisitorAsync(login);
            var launch = await visitor.PrepareAsync();
            var person = stage.PersonOf(login).Person;
            await visitor.SendAsync(launch with { IdToken = ForgedTokens.Resign(launch.IdToken) });
            await visitor.SendAsync(launch with { IdToken = ForgedTokens.KeepSignature(launch.IdToken, claims => claims["sub"] = person.Email) });
            await visitor.SendAsync(launch with { IdToken = launch.IdToken[..^40] });
            await visitor.SendAsync(launch with { IdToken = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(launch.IdToken.Split('.')[1])) });
            await visitor.SendAsync(launch with { State = launch.State + "A" });
            await visitor.SendAsync(launch with { Cookie = "" });
            await visitor.PostAsync(launch.Action.AbsoluteUri, new() { ["error"] = "login_required", ["error_description"] = person.Email, ["state"] = launch.State }, launch.Cookie);
            await visitor.PostAsync(launch.Action.AbsoluteUri, new() { ["error"] = person.Email, ["state"] = launch.State }, launch.Cookie);
            var accepted = await visitor.SendAsync(launch);
            await engine.SignInAsync(accepted.Location!);
            await visitor.SendAsync(launch);
            Sources = (Sources.Export, launch.IdToken);
        }
    }

    private async Task RostersAsync()
    {
        await SyncAsync();
        foreach (var version in new[] { "1.1", "1.2" })
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{stage.SisOptions.ClientId}:{stage.SisOptions.ClientSecret}")));
            var export = await http.GetByteArrayAsync($"{stage.SisUrl}/export/oneroster-{version}.zip");
            var archive = Path.Combine(folder, $"{version}.zip");
            await File.WriteAllBytesAsync(archive, export);
            await ImportAsync(archive);
            Sources = (export, Sources.IdToken);
        }
    }

    private async Task BrokenServersAsync()
    {
        var faults = stage.SisOptions.Faults;
        Action[] ways =
        [
            () => faults.DieInside("users", 60, times: 100),
            () => faults.DieInside("enrollments", 200, times: 1),
            () => faults.AnswerHtml(100),
            () => faults.Lasting = new LastingFaults { RefuseFields = true },
            () => faults.RevokeTokensAfter(3),
            () => faults.Lasting = new LastingFaults { OmitCounts = true },
        ];
        // Six tries with waits in between.
        stage.Clock.Speed = 20;
        foreach (var way in ways)
        {
            way();
            await SyncAsync();
            faults.Clear();
        }

        stage.Clock.Speed = 1;
        var sis = stage.Sis.Services.GetRequiredService<Samples.Sis.SisState>();
        sis.AddStudents(3);
        sis.WithdrawStudents(3);
        sis.WithdrawStudents(3, Samples.Sis.Withdrawal.ToBeDeleted);
        await SyncAsync();
    }

    private async Task BrokenFilesAsync()
    {
        foreach (var (way, i) in BrokenFiles.Ways(stage.PersonOf("student-1").Person).Select((way, i) => (way, i)))
        {
            var broken = Path.Combine(folder, $"broken-{i}");
            BrokenFiles.Unpack(Sources.Export, broken);
            way(broken);
            await ImportAsync(broken);
            var archive = $"{broken}.zip";
            await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(broken, archive);
            await ImportAsync(archive);
        }

        var torn = Path.Combine(folder, "torn.zip");
        await File.WriteAllBytesAsync(torn, Sources.Export[..(Sources.Export.Length / 2)]);
        await ImportAsync(torn);
        // The roster as it was, for what follows.
        await SyncAsync();
    }

    private async Task ScoresAsync()
    {
        var delivered = await engine.PostScoreAsync(new(await stage.ScoreTicketAsync("student-1", engine), 1, 2), "delivered");
        await engine.WaitForAsync(IdOf(delivered), "delivered");
        stage.LmsOptions.ScoreFaults.FailNext(1, 404);
        var parked = await engine.PostScoreAsync(new(await stage.ScoreTicketAsync("student-2", engine), 1, 2), "parked");
        await engine.WaitForAsync(IdOf(parked), "parked");
        var person = stage.PersonOf("student-3");
        await engine.PostScoreAsync(new(person.UserId, 1, 2), "wrong ticket");
        await engine.PostScoreAsync(new(7, person.Person.Email, 2), "wrong type");
        await engine.PostScoreAsync(new(person.Person.Email, 1, 2, person.Person.FamilyName), person.Person.Username);
        // Still pending, with its ticket, when the database is dumped.
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        var pending = await engine.PostScoreAsync(new(await stage.ScoreTicketAsync("student-3", engine), 1, 2), "pending");
        await Until.TrueAsync(() => stage.Database.AskAsync<bool>($"select attempts > 0 and code is not null from gateway.score_delivery where id = '{IdOf(pending)}'"), "a failed try");
    }

    private async Task IntrudersAsync()
    {
        var (gateway, lms) = (stage.GatewayUrl, stage.PersonOf("student-1"));
        var person = lms.Person;
        var visitor = await VisitorAsync("student-1");
        var (platform, link, callback) = (
            Uri.EscapeDataString(stage.LmsUrl), Uri.EscapeDataString($"{gateway}/lti/launch"), Uri.EscapeDataString($"{stage.EngineUrl}/oidc/callback"));
        string[] addresses =
        [
            $"/lti/login?iss={platform}&login_hint={lms.UserId}&target_link_uri={link}&client_id={stage.LmsOptions.ClientId}",
            $"/lti/login?iss=https://{person.Username}.example&login_hint={lms.UserId}&client_id={person.Username}",
            $"/lti/login?iss={platform}&login_hint={lms.UserId}&lti_deployment_id={person.Email}&client_id={stage.LmsOptions.ClientId}",
            $"/lti/login?iss={platform}&login_hint={lms.UserId}&target_link_uri=https://{person.Username}.example/{person.Email}",
            $"/lti/launch?{person.Email}", $"/{person.Email}", $"/api/v1/scores/{person.Email}", $"/api/v1/scores/{lms.UserId}", $"/health/{person.Username}",
            $"/connect/authorize?client_id={person.Username}&login_hint={person.Email}",
            $"/connect/authorize?client_id={TestStage.EngineId}&redirect_uri=https://{person.Username}.example&login_hint={person.Email}",
            $"/connect/authorize?client_id={TestStage.EngineId}&redirect_uri={callback}&scope={person.Email}&response_type={person.Username}&login_hint={person.Email}",
        ];
        foreach (var address in addresses)
            await visitor.GetAsync(gateway + address);
        await visitor.PostAsync($"{gateway}/connect/token", new() { ["grant_type"] = person.Email, ["client_id"] = person.Username, ["client_secret"] = person.Password });
        await visitor.PostAsync($"{gateway}/connect/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = person.Email,
            ["client_id"] = TestStage.EngineId,
            ["client_secret"] = TestStage.EngineSecret,
        });
        foreach (var path in new[] { "/lti/login", "/lti/launch", "/connect/token", "/api/v1/scores" })
            foreach (var type in new[] { "application/json", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded" })
                await PostRawAsync(visitor, gateway + path, $"{{\"iss\":\"{person.Email}\",\"scoreGiven\":\"{person.FamilyName}\"", type);
    }

    // Lost infrastructure in the middle of a launch: what the framework says of the exception goes to the log.
    private async Task CrashAsync()
    {
        var visitor = await VisitorAsync("student-5");
        await stage.Database.ExecuteAsync("alter table gateway.launch rename to launch_gone");
        try
        {
            await visitor.SendAsync(await visitor.PrepareAsync());
        }
        finally
        {
            await stage.Database.ExecuteAsync("alter table gateway.launch_gone rename to launch");
        }
    }

    private async Task EngineAsync()
    {
        foreach (var path in new[] { "", "/test-district/schools", "/test-district/terms", "/test-district/classes", "/test-district/learners", "/test-district/enrollments" })
            await engine.GetAsync($"/api/v1/districts{path}");
        await engine.GetAsync("/api/v1/districts/test-district/changes?after=latest", "events.read");
        foreach (var value in new[] { stage.PersonOf("student-1").Person.Email, stage.PersonOf("student-1").Person.SourcedId })
        {
            await engine.GetAsync($"/api/v1/districts/test-district/learners/{value}");
            await engine.GetAsync($"/api/v1/districts/{value}/classes?after={value}&fields={value}");
        }
    }

    // What districts ask for people is about somebody each time, and is entered as the id that must not stay.
    private async Task RightsAsync()
    {
        var (one, two) = (stage.PersonOf("student-2"), stage.PersonOf("student-4"));
        var platform = await stage.Database.AskAsync<int>("select min(id) from gateway.registration");
        foreach (var (id, at) in new (string, int?)[] { (one.UserId, platform), (one.Person.SourcedId, null), (one.Person.Email, platform) })
        {
            var report = await stage.Services.GetRequiredService<AccessPerson>().RunAsync(stage.District, PersonOf(id, at), CancellationToken.None);
            Told.Add(report.Succeeded ? report.Value.ToJson().ToJsonString() : report.Failures[0].ToString());
        }

        var erase = stage.Services.GetRequiredService<ErasePerson>();
        Told.Add((await erase.RunAsync(stage.District, PersonOf(one.UserId, platform), block: true, ErasePerson.Objection, CancellationToken.None)).Value.ToString());
        Told.Add((await erase.RunAsync(stage.District, PersonOf(two.Person.SourcedId, null), block: false, ErasePerson.Request, CancellationToken.None)).Value.ToString());
        var refused = await VisitorAsync("student-2");
        await refused.SendAsync(await refused.PrepareAsync());
        await SyncAsync();

        using (var archive = new MemoryStream())
        {
            await stage.Services.GetRequiredService<ExportDistrict>().RunAsync(stage.District, archive, CancellationToken.None);
            using var zip = new ZipArchive(new MemoryStream(archive.ToArray()));
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                Told.Add(await reader.ReadToEndAsync());
            }
        }

        await stage.Services.GetRequiredService<RetentionClock>().RunAsync(dryRun: false, CancellationToken.None);
        foreach (var page in new[] { "record", "third-parties", "policies", "usage", "certificates/verify", "certificates/keys" })
            await refused.GetAsync($"{stage.GatewayUrl}/privacy/{page}");
        foreach (string[] command in (string[][])[["privacy", "access", TestStage.DistrictSlug, "--sis-id", two.Person.SourcedId], ["privacy", "access", TestStage.DistrictSlug, "--sis-id", two.Person.Email],
            ["audit", "list", TestStage.DistrictSlug], ["privacy", "usage", TestStage.DistrictSlug]])
        {
            var ended = await GatewayProcess.RunAsync(stage.EnvironmentSettings(), command);
            Told.Add(ended.Output + ended.Error);
        }
    }

    private static PersonId PersonOf(string id, int? platform) => PersonId.Read(Encoding.UTF8.GetBytes(id), platform).Value;

    // A night that ends as a power cut would end it.
    private async Task KillAsync()
    {
        await using var night = GatewayProcess.Begin(stage.EnvironmentSettings(), "roster", "sync", TestStage.DistrictSlug);
        await Until.TrueAsync(() => stage.Database.AskAsync<bool>("select exists (select from gateway.roster_run where state = 'running')"), "a run to kill");
        await night.KillAsync();
    }

    private async Task PostRawAsync(Visitor visitor, string address, string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Authorization = new("Bearer", await engine.AccessTokenAsync());
        await visitor.SendAsync(request);
    }

    private async Task SyncAsync() =>
        Rosters.Add(await stage.Services.GetRequiredService<RosterSync>().RunAsync(stage.District.Id, RosterTrigger.Command, false, CancellationToken.None));

    private async Task ImportAsync(string path) =>
        Rosters.Add(await stage.Services.GetRequiredService<RosterImport>().RunAsync(stage.District.Id, path, false, approved: true, CancellationToken.None));

    private static Guid IdOf(Answer answer) => answer.Json.GetProperty("id").GetGuid();
}
