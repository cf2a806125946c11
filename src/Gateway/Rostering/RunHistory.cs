using System.Text.Json;
using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Rostering;

/// <summary>The rows of a district's run history. What is not part of a switch is a short transaction of its own.</summary>
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

            // What a run held that never came to wait.
            await using var orphaned = session.Command("""
                delete from gateway.roster_held h using gateway.roster_run r where r.id = h.run_id and h.district_id = @district and r.state <> 'waiting'
                """);
            orphaned.Parameters.AddWithValue("district", request.District);
            await orphaned.ExecuteNonQueryAsync(cancellation);

            await using var insert = session.Command("""
                insert into gateway.roster_run (district_id, trigger, dry_run, additions_only, approves, state, phase, started_at)
                values (@district, @trigger, @dry, @additions, @approves, 'running', @phase, @now) returning id
                """);
            insert.Parameters.AddWithValue("district", request.District);
            insert.Parameters.AddWithValue("trigger", NameOf(request.Trigger));
            insert.Parameters.AddWithValue("dry", request.DryRun);
            insert.Parameters.AddWithValue("additions", request.AdditionsOnly);
            insert.Parameters.Add(new NpgsqlParameter("approves", NpgsqlDbType.Bigint) { Value = (object?)request.Approves ?? DBNull.Value });
            insert.Parameters.AddWithValue("phase", phase);
            insert.Parameters.AddWithValue("now", time.GetUtcNow());
            return (long)(await insert.ExecuteScalarAsync(cancellation))!;
        }, cancellation);

    public Task ProgressAsync(int district, long run, RosterProgress progress, RosterLedger ledger, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            await using var update = session.Command("""
                update gateway.roster_run
                set phase = @phase, step = @step, steps = @steps, rows = @rows, expected = @expected, rows_per_second = @rate, seconds_left = @left,
                    progress_at = @now
                where id = @run and state = 'running'
                """);
            update.Parameters.AddWithValue("phase", progress.Phase);
            update.Parameters.AddWithValue("step", progress.Step);
            update.Parameters.AddWithValue("steps", progress.Steps);
            update.Parameters.Add(Json("rows", ledger.Rows));
            update.Parameters.Add(Json("expected", ledger.Expected));
            update.Parameters.Add(new NpgsqlParameter("rate", NpgsqlDbType.Bigint) { Value = (object?)progress.RowsPerSecond ?? DBNull.Value });
            update.Parameters.Add(new NpgsqlParameter("left", NpgsqlDbType.Bigint) { Value = progress.Left is { } left ? (long)left.TotalSeconds : DBNull.Value });
            update.Parameters.AddWithValue("now", time.GetUtcNow());
            update.Parameters.AddWithValue("run", run);
            await update.ExecuteNonQueryAsync(cancellation);
        }, cancellation);

    /// <summary>Closes a run that changed nothing.</summary>
    public Task FinishAsync(int district, long run, string state, string? code, RosterLedger ledger, RosterComparison? comparison, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            await FinishAsync(session.Connection, district, run, state, code, ledger, comparison, cancellation);
            if (state == "waiting")
                await ReplaceAsync(session.Connection, district, run, null, cancellation);
        }, cancellation);

    /// <summary>Closes a run that brought the same roster as another before it.</summary>
    public Task FinishSameAsync(RosterRunContext run, CancellationToken cancellation) => database.InDistrictAsync(
        run.Request.District,
        session => FinishAsync(
            session.Connection, run.Request.District, run.RunId, "applied", null, run.Ledger, run.Comparison, cancellation, (run.Digest!, run.FeedPosition, run.SameAs)),
        cancellation);

    /// <summary>
    /// Closes a run in the transaction of its switch: with it, or not at all. Runs that waited until now are out of date, and what they held goes.
    /// </summary>
    public async Task FinishAsync(RosterRunContext run, string state, CancellationToken cancellation)
    {
        // A launch that came between the comparison and the switch has moved the feed further: then nobody knows this roster again.
        (byte[], long, long?)? known = run.Digest is { } digest && state == "applied" ? (digest, run.FeedPosition + run.Ledger.FeedEntries, null) : null;
        await FinishAsync(
            run.Connection, run.Request.District, run.RunId, state, state == "waiting" ? run.Comparison!.Reasons[0].Code : null, run.Ledger, run.Comparison, cancellation, known);
        await ReplaceAsync(run.Connection, run.Request.District, run.RunId, run.Request.Approves, cancellation);
    }

    private async Task FinishAsync(
        NpgsqlConnection connection, int district, long run, string state, string? code, RosterLedger ledger, RosterComparison? comparison,
        CancellationToken cancellation, (byte[] Digest, long Position, long? SameAs)? known = null)
    {
        await using var update = new NpgsqlCommand("""
            update gateway.roster_run
            set state = @state, code = @code, rows = @rows, expected = @expected, left_out = @out, changes = @changes, phases = @phases,
                comparison = @comparison, broad_patterns = @patterns, digest = @digest, position = @position, same_as = @same, rows_per_second = null, seconds_left = null, finished_at = @now
            where id = @run
            """, connection);
        update.Parameters.AddWithValue("state", state);
        update.Parameters.Add(new NpgsqlParameter("code", NpgsqlDbType.Text) { Value = (object?)code ?? DBNull.Value });
        update.Parameters.Add(Json("rows", ledger.Rows));
        update.Parameters.Add(Json("expected", ledger.Expected));
        update.Parameters.Add(Json("out", ledger.LeftOut));
        update.Parameters.Add(Json("changes", ChangesOf(ledger)));
        update.Parameters.Add(new NpgsqlParameter("phases", NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(ledger.Phases, JsonSerializerOptions.Web) });
        update.Parameters.Add(new NpgsqlParameter("comparison", NpgsqlDbType.Jsonb) { Value = (object?)comparison?.ToJson() ?? DBNull.Value });
        update.Parameters.Add(new NpgsqlParameter("patterns", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = (object?)ledger.BroadPatterns?.ToArray() ?? DBNull.Value });
        update.Parameters.Add(new NpgsqlParameter("digest", NpgsqlDbType.Bytea) { Value = (object?)known?.Digest ?? DBNull.Value });
        update.Parameters.Add(new NpgsqlParameter("position", NpgsqlDbType.Bigint) { Value = (object?)known?.Position ?? DBNull.Value });
        update.Parameters.Add(new NpgsqlParameter("same", NpgsqlDbType.Bigint) { Value = (object?)known?.SameAs ?? DBNull.Value });
        update.Parameters.AddWithValue("now", time.GetUtcNow());
        update.Parameters.AddWithValue("run", run);
        await update.ExecuteNonQueryAsync(cancellation);

        if (state == "applied")
            await SeenAsync(connection, district, cancellation);
        await using var insert = new NpgsqlBatch(connection);
        foreach (var finding in ledger.Findings)
            insert.BatchCommands.Add(Insert(district, run, finding));
        if (insert.BatchCommands.Count > 0)
            await insert.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The district tells who is in its classes: its students are active (P-2.1).</summary>
    private async Task SeenAsync(NpgsqlConnection connection, int district, CancellationToken cancellation)
    {
        await using var update = new NpgsqlCommand(
            "update gateway.district set last_roster = (@now at time zone time_zone)::date where id = @district and last_roster is distinct from (@now at time zone time_zone)::date", connection);
        update.Parameters.AddWithValue("now", time.GetUtcNow());
        update.Parameters.AddWithValue("district", district);
        await update.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task ReplaceAsync(NpgsqlConnection connection, int district, long run, long? approved, CancellationToken cancellation)
    {
        await using var replace = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    update gateway.roster_run set state = case when id = $3 then 'approved' else 'replaced' end
                    where district_id = $1 and state = 'waiting' and id <> $2
                    """)
                {
                    Parameters = { new() { Value = district }, new() { Value = run }, new() { Value = (object?)approved ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint } },
                },
                new("delete from gateway.roster_held where district_id = $1 and run_id <> $2") { Parameters = { new() { Value = district }, new() { Value = run } } },
            },
        };
        await replace.ExecuteNonQueryAsync(cancellation);
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

    private static NpgsqlParameter Json<T>(string name, T value) => new(name, NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(value) };

    private static Dictionary<string, Dictionary<string, long>> ChangesOf(RosterLedger ledger) =>
        ledger.Changes.GroupBy(change => change.Entity).ToDictionary(entity => entity.Key, entity => entity.ToDictionary(change => change.Kind, change => change.Count));

    private static string NameOf(RosterTrigger trigger) => trigger switch
    {
        RosterTrigger.Schedule => "schedule",
        RosterTrigger.Import => "import",
        RosterTrigger.Approval => "approval",
        _ => "command",
    };
}
