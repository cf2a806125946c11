using System.Text;
using System.Text.Json;
using Gateway.Stage;

namespace Gateway.Tests.Storage;

/// <summary>
/// What PostgreSQL did for each statement on a database, those inside functions included, as its module <c>auto_explain</c> writes it to the
/// server's log.
/// </summary>
internal sealed class ExplainedStatements
{
    private readonly string log = Path.Combine(TestCluster.HomeDirectory, "server.log");
    private long read;

    /// <summary>Explains from the next connection on. No other database of the cluster is explained, so that all plans are this one's.</summary>
    public static async Task<ExplainedStatements> OfAsync(TestDatabase database)
    {
        foreach (var (setting, value) in new[]
        {
            ("session_preload_libraries", "auto_explain"), ("auto_explain.log_analyze", "on"), ("auto_explain.log_timing", "off"),
            ("auto_explain.log_nested_statements", "on"), ("auto_explain.log_format", "json"),
            // What visits a million rows takes longer than this on any machine.
            ("auto_explain.log_min_duration", "5ms"),
        })
            await database.ExecuteAsync($"alter database {database.Name} set {setting} = '{value}'");
        var statements = new ExplainedStatements();
        statements.read = new FileInfo(statements.log).Length;
        return statements;
    }

    /// <summary>The plans since the last time.</summary>
    public async Task<List<ExplainedStatement>> TakeAsync()
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = read;
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync()).Split('\n');
        read = file.Position;

        var plans = new List<ExplainedStatement>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].EndsWith(" plan:", StringComparison.Ordinal) || !lines[i].Contains("duration: ", StringComparison.Ordinal))
                continue;
            var json = new StringBuilder();
            while (i + 1 < lines.Length && lines[i + 1].StartsWith('\t'))
                json.AppendLine(lines[++i]);
            plans.Add(ExplainedStatement.Of(JsonDocument.Parse(json.ToString()).RootElement));
        }

        return plans;
    }
}
