using Gateway.Privacy;
using Gateway.Rostering.Phases;
using Gateway.Storage;
using Npgsql;
using OneRoster.Model;

namespace Gateway.Rostering;

/// <summary>From a roster source to the district's schools, classes, learners and enrollments, and the change feed of what differs.</summary>
internal sealed class RosterPipeline(GatewayDatabase database, DistrictKeys keys, TimeProvider time, ILogger<RosterPipeline> logger)
{
    private readonly RunHistory history = new(database, time);

    private IRosterPhase[] Phases =>
    [
        new ReadPhase(history, time),
        new CheckPhase(),
        new ComparePhase(),
        new SwitchPhase(history, time), // Left out in a dry run.
    ];

    /// <summary>Runs the phases in order; a run that fails or is killed, wherever, has changed nothing.</summary>
    public async Task<RosterRunOutcome> RunAsync(RosterRunRequest request, IRosterSource source, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var runLock = await RunLock.TryTakeAsync(connection, request.District, cancellation);
        if (runLock is null)
        {
            Log.RunRefused(logger, request.District);
            return RosterRunOutcome.Refused(RosterMessages.Failure(RosterCodes.AlreadyRunning));
        }

        var ledger = new RosterLedger();
        var run = await history.StartAsync(request, "read", cancellation);
        Log.RunBegan(logger, run, request.District, request.DryRun);
        try
        {
            var context = new RosterRunContext(
                request, run, source, connection, await keys.GetAsync(request.District, cancellation), await TodayAsync(connection, request.District, cancellation), ledger);
            return await RunPhasesAsync(context, cancellation) is { } code
                ? await FailAsync(request, run, RosterMessages.Failure(code), ledger)
                : await SucceedAsync(request, run, ledger, cancellation);
        }
        catch (RosterSourceException e)
        {
            // Its message is made of code and place, never of content.
            return await FailAsync(request, run, new Failure(e.Code, e.Message), ledger);
        }
        catch (Exception e)
        {
            await FailAsync(request, run, RosterMessages.Failure(e is OperationCanceledException ? RosterCodes.Cancelled : RosterCodes.Broken), ledger);
            throw;
        }
    }

    /// <summary>Writes a run into the history that could not begin, because its source could not be opened.</summary>
    public async Task<RosterRunOutcome> RefuseAsync(RosterRunRequest request, Failure failure, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var runLock = await RunLock.TryTakeAsync(connection, request.District, cancellation);
        if (runLock is null)
            return RosterRunOutcome.Refused(RosterMessages.Failure(RosterCodes.AlreadyRunning));
        return await FailAsync(request, await history.StartAsync(request, "open", cancellation), failure, new RosterLedger());
    }

    private async Task<string?> RunPhasesAsync(RosterRunContext context, CancellationToken cancellation)
    {
        try
        {
            foreach (var phase in Phases)
            {
                if (context.Request.DryRun && phase is SwitchPhase)
                    return null;
                Log.PhaseBegan(logger, context.RunId, context.Request.District, phase.Name);
                await history.ProgressAsync(context.Request.District, context.RunId, phase.Name, context.Ledger, cancellation);
                if (await phase.RunAsync(context, cancellation) is { } code)
                    return code;
            }

            return null;
        }
        finally
        {
            // Rolls back what was not committed.
            if (context.Transaction is { } transaction)
                await transaction.DisposeAsync();
        }
    }

    private async Task<RosterRunOutcome> SucceedAsync(RosterRunRequest request, long run, RosterLedger ledger, CancellationToken cancellation)
    {
        var state = request.DryRun ? RosterRunState.Checked : RosterRunState.Applied;
        if (state == RosterRunState.Checked)
            await history.FinishAsync(request.District, run, "checked", null, ledger, cancellation);
        Log.RunEnded(
            logger, run, request.District, state, ledger.Rows.Values.Sum(), ledger.Changes.Sum(change => change.Count), ledger.Findings.Sum(finding => finding.Count));
        return new RosterRunOutcome(state, run, null, ledger.Rows, ledger.Changes, ledger.Findings);
    }

    private async Task<RosterRunOutcome> FailAsync(RosterRunRequest request, long run, Failure failure, RosterLedger ledger)
    {
        Log.RunFailed(logger, run, request.District, failure.Code);
        ledger.Changes = [];
        try
        {
            // Also when the run was cancelled: the history must say so.
            await history.FinishAsync(request.District, run, "failed", failure.Code, ledger, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            Log.EndNotWritten(logger, run, request.District, failure.Code);
        }

        return new RosterRunOutcome(RosterRunState.Failed, run, failure, ledger.Rows, [], ledger.Findings);
    }

    private async Task<DateOnly> TodayAsync(NpgsqlConnection connection, int district, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select (@now at time zone time_zone)::date from gateway.district where id = @district", connection);
        command.Parameters.AddWithValue("now", time.GetUtcNow());
        command.Parameters.AddWithValue("district", district);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? reader.GetFieldValue<DateOnly>(0)
            : throw new InvalidOperationException($"There is no district {district}.");
    }
}
