using System.Net;
using System.Text.Json;
using Gateway.Engine;
using Gateway.Identity;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Engine;

/// <summary>
/// A stage with a roster, on whose district two engines have an eye: the district's own and another one, which sees nothing until the
/// district enables it.
/// </summary>
public sealed class EngineStage : IAsyncLifetime
{
    internal const string OtherId = "other-engine";
    internal const string Root = $"/api/v1/districts/{TestStage.DistrictSlug}";

    internal TestStage Stage { get; private set; } = null!;

    internal TestEngine Engine { get; private set; } = null!;

    internal TestEngine Other { get; private set; } = null!;

    internal int District => Stage.District.Id;

    internal T Get<T>() where T : notnull => Stage.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        Stage = await TestStage.StartAsync();
        Engine = new TestEngine(Stage);
        Other = new TestEngine(Stage, OtherId);
        await ImportAsync(new MadeUpRoster());
        Assert.Empty(await Get<EngineRegistration>().RegisterAsync(
            new(OtherId, $"{Stage.EngineUrl}/oidc/login", [$"{Stage.EngineUrl}/oidc/callback"], TestStage.EngineSecret, null, "A Test"), CancellationToken.None));
        await GiveAsync(TestStage.EngineId, "role");
    }

    public async ValueTask DisposeAsync()
    {
        Engine?.Dispose();
        Other?.Dispose();
        if (Stage is not null)
            await Stage.DisposeAsync();
    }

    internal async Task ImportAsync(MadeUpRoster roster)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        var run = await Get<RosterImport>().RunAsync(District, folder.Path, dryRun: false, approved: true, CancellationToken.None);
        Assert.Null(run.Failure);
    }

    /// <summary>Enables an engine, gives it these fields and no others, in the gateway's words.</summary>
    internal Task<FieldMapping> GiveAsync(string client, params string[] fields) => ChangeAsync(new(client, "A. Dult")
    {
        Enabled = true,
        Fields = fields,
        RoleWords = ["student=", "teacher="],
    });

    internal async Task<FieldMapping> ChangeAsync(MappingWish wish)
    {
        var changed = await Get<ChangeMapping>().RunAsync(District, wish, CancellationToken.None);
        Assert.Empty(changed.Failures);
        return changed.Value;
    }

    /// <summary>All rows of a list, page by page.</summary>
    internal static async Task<List<JsonElement>> AllAsync(TestEngine engine, string path, int limit = 100)
    {
        var rows = new List<JsonElement>();
        for (var next = $"{Root}/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}"; next is not null;)
        {
            var answer = await engine.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            var data = answer.Json.GetProperty("data").EnumerateArray().ToList();
            Assert.True(data.Count <= limit);
            rows.AddRange(data);
            next = answer.Json.TryGetProperty("next", out var more) ? more.GetString() : null;
        }

        return rows;
    }

    internal static string[] NamesIn(JsonElement row) => [.. row.EnumerateObject().Select(member => member.Name)];

    internal static void AssertProblem(HttpStatusCode status, string code, Answer answer)
    {
        Assert.Equal((status, code), (answer.Status, answer.ProblemCode));
        Assert.Equal((int)status, answer.Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", answer.Json.GetProperty("title").GetString());
    }
}
