using Gateway.Districts;
using Gateway.Engine;
using Gateway.Privacy;
using Gateway.Rostering.Phases;
using Gateway.Rostering.Staging;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OneRoster.Model;

namespace Gateway.Rostering;

/// <summary>From a roster source to the district's schools, classes, learners and enrollments, and the change feed of what differs.</summary>
internal sealed class RosterPipeline(
    GatewayDatabase database, DistrictKeys keys, RosterSettingsStore settings, AuditTrail trail, TimeProvider time, ILogger<RosterPipeline> logger,
    PrivacyPolicy? policy = null)
{
    private readonly PrivacyPolicy policy = policy ?? PrivacyPolicy.Product;
    private readonly RunHistory history = new(database, time);
    private readonly FieldMappings mappings = new(database);

    // In order. Everything before the comparison prepares the roster as temporary tables of the run's own session.
    private IRosterPhase[] Preparing => [new ReadPhase(time), new RecognisePhase(database, time), new CompletePhase(), new CheckPhase(), new ScopePhase()];

    private IRosterPhase[] Restoring => [new RestorePhase(database)];

    // Repeated when a launch overtakes it, or a district that switches a field off.
    private IRosterPhase[] Comparing => [new ComparePhase(time), new JudgePhase()];

    // Left out in a dry run, and when a person has to approve first.
    private IRosterPhase Switching => new SwitchPhase(history, trail, time);

    /// <summary>Runs the phases in order; a run that fails, waits or is killed, wherever, has changed nothing (a waiting one may have added).</summary>
    public Task<RosterRunOutcome> RunAsync(
        RosterRunRequest request, IRosterSource source, CancellationToken cancellation, IProgress<RosterProgress>? listener = null) =>
        RunAsync(request, source, Preparing, () => Task.FromResult<string?>(null), listener, cancellation);

    /// <summary>Applies what a waiting run held, once a person approved it.</summary>
    /// <param name="request">With the number of the run that waits.</param>
    /// <param name="ready">Whether that run still waits, asked when no other run of the district can begin: null, or a code of the refusal.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <param name="listener">Is told how far it is.</param>
    public Task<RosterRunOutcome> ApproveAsync(
        RosterRunRequest request, Func<Task<string?>> ready, CancellationToken cancellation, IProgress<RosterProgress>? listener = null) =>
        RunAsync(request, null, Restoring, ready, listener, cancellation);

    /// <summary>Why no run of the district may begin, if none may: asked before anything is fetched from a source.</summary>
    public async Task<RosterRunOutcome?> RefusalAsync(int district, CancellationToken cancellation)
    {
        await using var model = database.Open();
        var tenant = await model.Districts.AsNoTracking().SingleAsync(known => known.Id == district, cancellation);
        return Contract.HasEnded(tenant, time.GetUtcNow()) ? RosterRunOutcome.Refused(RosterMessages.Failure(RosterCodes.ContractEnded)) : null;
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

    private async Task<RosterRunOutcome> RunAsync(
        RosterRunRequest request, IRosterSource? source, IRosterPhase[] preparing, Func<Task<string?>> ready,
        IProgress<RosterProgress>? listener, CancellationToken cancellation)
    {
        if (await RefusalAsync(request.District, cancellation) is { } refused)
            return refused;
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var runLock = await RunLock.TryTakeAsync(connection, request.District, cancellation);
        if (runLock is null)
        {
            Log.RunRefused(logger, request.District);
            return RosterRunOutcome.Refused(RosterMessages.Failure(RosterCodes.AlreadyRunning));
        }

        if (await ready() is { } refusal)
            return RosterRunOutcome.Refused(RosterMessages.Failure(refusal));

        var ledger = new RosterLedger();
        var run = await history.StartAsync(request, preparing[0].Name, cancellation);
        var watch = new RunWatch(history, request, run, ledger, time, listener);
        Log.RunBegan(logger, run, request.District, request.DryRun);
        try
        {
            var accepted = await AcceptedPolicies.OfAsync(database, request.District, cancellation);
            var given = policy.Among(await mappings.SharedAsync(request.District, cancellation), accepted);
            await using var context = new RosterRunContext(
                request, run, source, await settings.GetAsync(request.District, cancellation),
                policy.Readable(StagedFields.Among(given), accepted), connection, await keys.GetAsync(request.District, cancellation),
                await TodayAsync(connection, request.District, cancellation), ledger, watch)
            {
                Policy = policy,
                AcceptedPolicy = accepted,
            };
            return await RunPhasesAsync(context, preparing, cancellation) is { } code
                ? await FailAsync(request, run, RosterMessages.Failure(code), ledger)
                : Succeed(context);
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

    private async Task<string?> RunPhasesAsync(RosterRunContext run, IRosterPhase[] preparing, CancellationToken cancellation)
    {
        if (await RunInTurnAsync(run, preparing, cancellation) is { } broken)
            return broken;
        if (run.SameAs is not null)
        {
            run.Watch.EndPhase();
            await history.FinishSameAsync(run, cancellation);
            return null;
        }

        while (true)
        {
            if (await RunInTurnAsync(run, Comparing, cancellation) is { } failed)
                return failed;
            if (run.Waits && run.Settings.AdditionsAhead && run.People.Any && !run.LeavesPeople && !run.Request.DryRun)
            {
                // Joins are no additions: compared again without them, for the same reasons.
                (run.Judged, run.LeavesPeople) = (run.Comparison!.Reasons, true);
                await run.RollBackAsync();
                continue;
            }

            var writes = !run.Request.DryRun && (!run.Waits || run.Settings.AdditionsAhead);
            var byLaunch = writes && await LearnerLock.IsOvertakenAsync(run, cancellation);
            var bySwitch = !byLaunch && !run.Request.DryRun && await StagedFields.IsOvertakenAsync(run, cancellation);
            if (!byLaunch && !bySwitch)
            {
                if (writes)
                    break;
                return await EndUnchangedAsync(run, cancellation);
            }

            await run.RollBackAsync();
            run.LocksFirst |= byLaunch;
            if (bySwitch)
                await ForgetAsync(run, cancellation);
        }

        if (run.Waits)
            await HeldRoster.KeepAsync(database, run, cancellation);
        return await RunInTurnAsync(run, [Switching], cancellation);
    }

    private async Task<string?> RunInTurnAsync(RosterRunContext run, IRosterPhase[] phases, CancellationToken cancellation)
    {
        foreach (var phase in phases)
        {
            Log.PhaseBegan(logger, run.RunId, run.Request.District, phase.Name);
            await run.Watch.BeginAsync(phase.Name, phase.Steps, cancellation);
            if (await phase.RunAsync(run, cancellation) is { } code)
                return code;
            if (run.SameAs is not null)
                break;
        }

        return null;
    }

    /// <summary>Goes on without what the district has switched off meanwhile. Nobody may know this roster again by what was read.</summary>
    private static async Task ForgetAsync(RosterRunContext run, CancellationToken cancellation)
    {
        run.Digest = null;
        await StagedFields.ClearAsync(run, cancellation);
    }

    private async Task<string?> EndUnchangedAsync(RosterRunContext run, CancellationToken cancellation)
    {
        if (!run.Request.DryRun)
            await HeldRoster.KeepAsync(database, run, cancellation);
        await run.RollBackAsync();
        run.Watch.EndPhase();
        await history.FinishAsync(
            run.Request.District, run.RunId, run.Request.DryRun ? "checked" : "waiting", run.Comparison is { Reasons: [var first, ..] } ? first.Code : null,
            run.Ledger, run.Comparison, cancellation);
        if (!run.Request.DryRun)
            await database.InDistrictAsync(run.Request.District, session => trail.AppendAsync(session, RosterAudit.Waiting(run), cancellation), cancellation);
        return null;
    }

    private RosterRunOutcome Succeed(RosterRunContext run)
    {
        var state = run.Request.DryRun ? RosterRunState.Checked : run.Waits ? RosterRunState.Waiting : RosterRunState.Applied;
        var ledger = run.Ledger;
        Log.RunEnded(
            logger, run.RunId, run.Request.District, state, ledger.RowsRead, ledger.Changes.Sum(change => change.Count), ledger.Findings.Sum(finding => finding.Count));
        return new RosterRunOutcome(state, run.RunId, null, ledger.Rows, ledger.Changes, ledger.Findings)
        {
            Comparison = run.Comparison,
            SameAs = run.SameAs,
            LeftOut = ledger.LeftOut,
        };
    }

    private async Task<RosterRunOutcome> FailAsync(RosterRunRequest request, long run, Failure failure, RosterLedger ledger)
    {
        Log.RunFailed(logger, run, request.District, failure.Code);
        ledger.Changes = [];
        try
        {
            // Also when the run was cancelled: the history must say so.
            await history.FinishAsync(request.District, run, "failed", failure.Code, ledger, null, CancellationToken.None);
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
