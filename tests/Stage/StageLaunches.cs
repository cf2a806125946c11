using System.Globalization;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Samples.Lms;
using Samples.Lms.Services;

namespace Gateway.Stage;

/// <summary>Whole launches on a stage, and what they left behind.</summary>
internal static class StageLaunches
{
    /// <summary>A launch from the click to the claims of the engine's id_token.</summary>
    public static async Task<JsonElement> LaunchAsync(this TestStage stage, string login, TestEngine engine)
    {
        using var visitor = await Visitor.SignInAsync(stage, login);
        var sent = await visitor.SendAsync(await visitor.PrepareAsync());
        return sent.Onward is { } handOff
            ? await engine.SignInAsync(handOff)
            : throw new InvalidOperationException($"The launch of {login} was refused: {sent.PageCode}");
    }

    /// <summary>The same, for its score ticket.</summary>
    public static async Task<string> ScoreTicketAsync(this TestStage stage, string login, TestEngine engine) =>
        (await stage.LaunchAsync(login, engine)).GetProperty("score_ticket").GetString()!;

    /// <summary>The learner's row behind the id that the stage's engine was told.</summary>
    public static async Task<long?> LearnerOfAsync(this TestStage stage, JsonElement claims)
    {
        var engine = await stage.Services.GetRequiredService<EngineClients>().FindAsync(TestStage.EngineId, CancellationToken.None);
        return engine!.Ids.RowOf(EngineIdKind.Learner, stage.District.Id, claims.GetProperty("sub").GetString());
    }

    public static LmsPerson PersonOf(this TestStage stage, string login) => stage.Lms.Services.GetRequiredService<LmsCourse>().ByLogin(login)!;

    public static Gradebook GradebookOf(this TestStage stage) => stage.Lms.Services.GetRequiredService<Gradebook>();

    /// <summary>The scores that the LMS took for this person, in order.</summary>
    public static IReadOnlyList<double?> GradesOf(this TestStage stage, string login)
    {
        var user = stage.PersonOf(login).UserId;
        return [.. stage.GradebookOf().Posts.Where(p => p.Score.UserId == user).Select(p => p.Score.ScoreGiven)];
    }

    /// <summary>How many rows each table of the gateway has.</summary>
    public static async Task<Dictionary<string, long>> RowCountsAsync(this TestDatabase database)
    {
        // One statement, whatever the tables are.
        const string count = """
            select array_agg(format('%s %s', t.tablename, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from gateway.%I', t.tablename), false, true, '')))[1]) order by t.tablename)
            from pg_tables t where t.schemaname = 'gateway'
            """;
        return (await database.AskAsync<string[]>(count)).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
