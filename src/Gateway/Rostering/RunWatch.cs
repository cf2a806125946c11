namespace Gateway.Rostering;

/// <summary>
/// Tells how far a run is: into the database every two seconds and at each phase, where any replica can show it live, and to whoever
/// started the run. Also takes the time of each phase.
/// </summary>
internal sealed class RunWatch(RunHistory history, RosterRunRequest request, long run, RosterLedger ledger, TimeProvider time, IProgress<RosterProgress>? listener)
{
    private static readonly TimeSpan BetweenRows = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenTold = TimeSpan.FromMilliseconds(200);
    private RosterProgress now = new("", 0, 0, null, 0, null, null, null);
    private long began;
    private long written;
    private long told;
    private long rowsBefore;

    public async Task BeginAsync(string phase, int steps, CancellationToken cancellation)
    {
        EndPhase();
        (began, rowsBefore) = (time.GetTimestamp(), ledger.RowsRead);
        now = new RosterProgress(phase, steps > 0 ? 1 : 0, steps, null, 0, null, null, null);
        listener?.Report(now);
        await WriteAsync(cancellation);
    }

    /// <summary>The next step of the phase begins.</summary>
    public ValueTask StepAsync(int step, CancellationToken cancellation)
    {
        now = now with { Step = step };
        listener?.Report(now);
        return time.GetElapsedTime(written) >= BetweenRows ? new ValueTask(WriteAsync(cancellation)) : ValueTask.CompletedTask;
    }

    /// <summary>Some more rows were read. To be called often.</summary>
    public ValueTask RowsAsync(CancellationToken cancellation)
    {
        var late = time.GetElapsedTime(written) >= BetweenRows;
        if (!late && time.GetElapsedTime(told) < BetweenTold)
            return ValueTask.CompletedTask;
        now = Measured();
        told = time.GetTimestamp();
        listener?.Report(now);
        return late ? new ValueTask(WriteAsync(cancellation)) : ValueTask.CompletedTask;
    }

    /// <summary>The phase is over, and with it the run.</summary>
    public void EndPhase()
    {
        if (now.Phase.Length > 0)
            ledger.Took(now.Phase, time.GetElapsedTime(began));
        now = now with { Phase = "" };
    }

    private RosterProgress Measured()
    {
        var (collection, rows, expected) = ledger.Reading;
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        long? rate = seconds > 0 ? (long)((ledger.RowsRead - rowsBefore) / seconds) : null;
        TimeSpan? left = rate > 0 && expected >= rows ? TimeSpan.FromSeconds((expected.Value - rows) / (double)rate.Value) : null;
        return now with { Collection = collection, Rows = rows, Expected = expected, RowsPerSecond = rate, Left = left };
    }

    private Task WriteAsync(CancellationToken cancellation)
    {
        written = time.GetTimestamp();
        return history.ProgressAsync(request.District, run, now, ledger, cancellation);
    }
}
