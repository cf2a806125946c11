using System.Globalization;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Tests.Engine;
using Gateway.Tests.Privacy.Rights;
using Gateway.Tests.Rostering;
using OneRoster.Csv;
using OneRoster.Model;

namespace Gateway.Tests.Storage;

/// <summary>
/// A district large enough that a step repeated for each row shows: row-level security and tables that were filled a moment ago make
/// PostgreSQL expect few rows, and what is cheap for few rows costs hours for a million.
/// </summary>
[Trait("Requirement", "S-12")]
public sealed class StatementCostTests : IAsyncLifetime
{
    private const int Students = 6_000;
    private const int LessonsEach = 6;

    // Every row of the largest table a few dozen times: in a district of a million enrollments, seconds.
    private const int Most = 40 * Students * LessonsEach;

    private readonly EngineStage stage = new();
    private ExplainedStatements statements = null!;
    private int explained;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await stage.InitializeAsync();
        statements = await ExplainedStatements.OfAsync(stage.Stage.Database);
        stage.Get<GatewayDatabase>().DataSource.Clear();
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task No_statement_of_a_large_district_looks_at_a_whole_table_again_for_each_row()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "grades", "classTitle", "school");

        var from = await CursorAsync("latest");
        await ImportAsync(Large());
        await RunsAsync();
        await stage.Stage.Database.ExecuteAsync("vacuum analyze");
        await RunsAsync();
        await ReadAsync(from);
        await LeaveAsync();
        Assert.True(explained > 100);
    }

    /// <summary>Changes of one row each, and a whole roster in which a tenth differs.</summary>
    private async Task RunsAsync()
    {
        await ChangeAsync(MadeUpRoster.Nothing().Enroll("student-1001", "class-200"));
        await ChangeAsync(MadeUpRoster.Nothing().Person("student-new", "student", "north").Enroll("student-new", "class-201"));
        await ChangeAsync(MadeUpRoster.Nothing().Class("class-202", "south"));
        await ImportAsync(Large(moved: Students / 10));
        await ImportAsync(Large());
    }

    private async Task ReadAsync(string from)
    {
        foreach (var list in new[] { "classes", "learners", "enrollments" })
            await EngineStage.AllAsync(stage.Engine, list, 1_000);
        Assert.True(await FollowAsync(from) > Students);
        await AssertLinearAsync("the engine's lists");

        using var archive = new MemoryStream();
        await stage.Get<ExportDistrict>().RunAsync(stage.Stage.District, archive, Cancellation);
        await AssertLinearAsync("the export");
    }

    private async Task<string> CursorAsync(string after) =>
        (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after={after}", "events.read")).Json.GetProperty("cursor").GetString()!;

    /// <summary>Reads the feed from there to its end; how many changes there were.</summary>
    private async Task<int> FollowAsync(string cursor)
    {
        for (var count = 0; ;)
        {
            var page = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after={cursor}", "events.read")).Json;
            if (page.GetProperty("data").GetArrayLength() is 0)
                return count;
            count += page.GetProperty("data").GetArrayLength();
            cursor = page.GetProperty("cursor").GetString()!;
        }
    }

    /// <summary>Everybody goes: one by erasure, the others by the roster, and a year later by the clock.</summary>
    private async Task LeaveAsync()
    {
        await stage.EraseAsync(Rights.OfSis("student-1000"), block: true);
        await AssertLinearAsync("an erasure");

        await ImportAsync(new MadeUpRoster());
        stage.Stage.Clock.Advance(TimeSpan.FromDays(800));
        await stage.Get<RetentionClock>().RunAsync(dryRun: true, Cancellation);
        await stage.Get<RetentionClock>().RunAsync(dryRun: false, Cancellation);
        await AssertLinearAsync("the retention clock");
        Assert.True(await stage.Stage.Database.AskAsync<long>("select count(*) from gateway.enrollment") < 100);
    }

    private async Task ImportAsync(MadeUpRoster roster)
    {
        await stage.ImportAsync(roster);
        await AssertLinearAsync("a whole roster");
    }

    private async Task ChangeAsync(MadeUpRoster changes)
    {
        using var folder = new TemporaryFolder();
        changes.WriteTo(folder.Path);
        await using var source = new PartialSource(CsvRosterSource.Open(folder.Path, new CsvLimits()).Source!, _ => RosterExtent.Changes);
        var run = await stage.Get<RosterPipeline>().RunAsync(new RosterRunRequest(stage.District, RosterTrigger.Import, DryRun: false) { Approved = true }, source, Cancellation);
        Assert.Equal((RosterRunState.Applied, null), (run.State, run.Failure));
        await AssertLinearAsync("changes of a roster");
    }

    private async Task AssertLinearAsync(string what)
    {
        var taken = await statements.TakeAsync();
        explained += taken.Count;
        var costly = taken.Where(statement => statement.Visited > Most).ToList();
        Assert.True(costly.Count == 0, $"{what}:\n{string.Join("\n\n", costly)}");
    }

    private static MadeUpRoster Large(int moved = 0)
    {
        var roster = new MadeUpRoster();
        for (var @class = 100; @class < 100 + (Students / 20); @class++)
            roster.Class(string.Create(CultureInfo.InvariantCulture, $"class-{@class}"), @class % 2 == 0 ? "north" : "south");
        for (var student = 1000; student < 1000 + Students; student++)
        {
            roster.Person($"student-{student}", "student", "north");
            for (var lesson = 0; lesson < LessonsEach; lesson++)
                roster.Enroll($"student-{student}", $"class-{100 + ((student + (lesson * 37) + (student < 1000 + moved ? 1 : 0)) % (Students / 20))}");
        }

        return roster;
    }
}
