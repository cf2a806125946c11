using System.Text.Json;
using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Rostering;

/// <summary>The rows of a district's run history. Each operation but the last is a short transaction of its own.</summary>
internal sealed class RunHistory(GatewayDatabase database, TimeProvider time)
{
    /// <summary>Opens a run; whoever calls holds the district's run lock, so a run that still counts as running has died.</summary>
    public Task<long> StartAsync(RosterRunRequest request, string phase, CancellationToken cancellation) =>
        database.InDistrictAsync(request.District, async session =>
        {
            await using var interrupted = session.Command(
                "update gateway.roster_run set state = 'failed', code = @code, finished_at = @now where district_id = @district and state = 'running'");
            interrupted.Parameters.AddWithValue("code", RosterCodes.Interrupted);
            interrupted.Parameters.AddWithValue("now", time.GetUtcNow());
            interrupted.Parameters.AddWithValue("district", request.District);
            await interrupted.ExecuteNonQueryAsync(cancellation);

            await using var insert = session.Command("""
                insert into gateway.roster_run (district_id, trigger, dry_run, state, phase, started_at)
                values (@district, @trigger, @dry, 'running', @phase, @now) returning id
                """);
            insert.Parameters.AddWithValue("district", request.District);
            insert.Parameters.AddWithValue("trigger", NameOf(request.Trigger));
            insert.Parameters.AddWithValue("dry", request.DryRun);
            insert.Parameters.AddWithValue("phase", phase);
            insert.Parameters.AddWithValue("now", time.GetUtcNow());
            return (long)(await insert.ExecuteScalarAsync(cancellation))!;
        }, cancellation);

    public Task ProgressAsync(int district, long run, string phase, RosterLedger ledger, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            await using var update = session.Command("update gateway.roster_run set phase = @phase, rows = @rows where id = @run and state = 'running'");
            update.Parameters.AddWithValue("phase", phase);
            update.Parameters.Add(Rows(ledger));
            update.Parameters.AddWithValue("run", run);
            await update.ExecuteNonQueryAsync(cancellation);
        }, cancellation);

    public Task FinishAsync(int district, long run, string state, string? code, RosterLedger ledger, CancellationToken cancellation) =>
        database.InDistrictAsync(district, session => FinishAsync(session.Connection, district, run, state, code, ledger, cancellation), cancellation);

    /// <summary>Closes a run in a transaction that the caller has open in the district's sight: with the switch, or not at all.</summary>
    public async Task FinishAsync(
        NpgsqlConnection connection, int district, long run, string state, string? code, RosterLedger ledger, CancellationToken cancellation)
    {
        await using var update = new NpgsqlCommand("""
            update gateway.roster_run set state = @state, code = @code, rows = @rows, changes = @changes, finished_at = @now where id = @run
            """, connection);
        update.Parameters.AddWithValue("state", state);
        update.Parameters.Add(new NpgsqlParameter("code", NpgsqlDbType.Text) { Value = (object?)code ?? DBNull.Value });
        update.Parameters.Add(Rows(ledger));
        update.Parameters.Add(new NpgsqlParameter("changes", NpgsqlDbType.Jsonb) { Value = Changes(ledger) });
        update.Parameters.AddWithValue("now", time.GetUtcNow());
        update.Parameters.AddWithValue("run", run);
        await update.ExecuteNonQueryAsync(cancellation);

        await using var insert = new NpgsqlBatch(connection);
        foreach (var finding in ledger.Findings)
            insert.BatchCommands.Add(Insert(district, run, finding));
        if (insert.BatchCommands.Count > 0)
            await insert.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand Insert(int district, long run, RosterFindingCount finding) => new("""
        insert into gateway.roster_finding (run_id, district_id, rule, severity, collection, field, first_line, count)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    {
        Parameters =
        {
            new() { Value = run },
            new() { Value = district },
            new() { Value = finding.Rule },
            new() { Value = finding.Severity },
            new() { Value = finding.Collection },
            new() { Value = finding.Field },
            new() { Value = (object?)finding.FirstLine ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = finding.Count },
        },
    };

    private static NpgsqlParameter Rows(RosterLedger ledger) =>
        new("rows", NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(ledger.Rows) };

    private static string Changes(RosterLedger ledger) => JsonSerializer.Serialize(
        ledger.Changes.GroupBy(change => change.Entity).ToDictionary(entity => entity.Key, entity => entity.ToDictionary(change => change.Kind, change => change.Count)));

    private static string NameOf(RosterTrigger trigger) => trigger switch
    {
        RosterTrigger.Schedule => "schedule",
        RosterTrigger.Import => "import",
        _ => "command",
    };
}
