namespace Gateway.Launches;

/// <summary>
/// Records launches. Those of known people are written together: while one write is under way the next ones gather, and where launches
/// come so fast that writes carry several, they gather for a millisecond more (as with PostgreSQL's <c>commit_delay</c>). So a single
/// launch never waits for company, and the busier the gateway the fewer commits a launch costs. All others are written by themselves.
/// </summary>
internal sealed class LaunchRecorder(KnownLaunches known, LaunchRecord single, TimeProvider time)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);
    private const int MostAtOnce = 256;
    private readonly Lock gate = new();
    private List<WaitingLaunch> waiting = [];
    private bool writing;

    /// <summary>Null when the nonce was spent before. Without a subject the nonce is all that is written.</summary>
    public async Task<RecordedLaunch?> WriteAsync(int district, LaunchToRecord launch, CancellationToken cancellation)
    {
        if (IsPlain(launch) && await TogetherAsync(new(district, launch)) is { Settled: true } together)
            return together.Learner is { } learner ? new RecordedLaunch(learner, null) : null;
        return await single.WriteAsync(district, launch, cancellation);
    }

    // Something learned of the platform, a guest, a learner under review or a key that was replaced: seldom, and more than a row to write or to find.
    private static bool IsPlain(LaunchToRecord launch) => launch is { Subject: not null, LearnedDeployment: null, LearnedLineItemOrigin: null, ReviewedSubject: null, Rekeyed.Count: 0 };

    private Task<LaunchWriting> TogetherAsync(WaitingLaunch launch)
    {
        lock (gate)
        {
            waiting.Add(launch);
            if (writing)
                return launch.Written;
            writing = true;
        }

        _ = WriteAllAsync();
        return launch.Written;
    }

    private async Task WriteAllAsync()
    {
        var busy = false;
        while (true)
        {
            if (busy)
                await Task.Delay(Gathering, time);
            else
                // Behind the work that is queued already: launches that are about to be ready come along, and on an idle machine nothing waits.
                await Task.Yield();
            if (Take() is not { } taken)
                return;
            busy = taken.Count > 1;

            try
            {
                var settled = await known.WriteAsync(taken);
                foreach (var launch in taken)
                    launch.Settle(settled.TryGetValue(launch.Launch.Launch, out var learner) ? new(true, learner) : default);
            }
            catch (Exception)
            {
                // Whatever it was: each by itself. One that cannot be written fails alone and says so, one that was written is found by its id.
                taken.ForEach(launch => launch.Settle(default));
            }
        }
    }

    private List<WaitingLaunch>? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                writing = false;
                return null;
            }

            if (waiting.Count <= MostAtOnce)
            {
                (var all, waiting) = (waiting, []);
                return all;
            }

            var first = waiting.GetRange(0, MostAtOnce);
            waiting.RemoveRange(0, MostAtOnce);
            return first;
        }
    }
}
