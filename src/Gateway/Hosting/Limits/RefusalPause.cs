namespace Gateway.Hosting.Limits;

/// <summary>A second's wait before a refusal. It takes no thread, and of more than a few hundred at once the rest is answered without it.</summary>
internal sealed class RefusalPause(TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MostWaiting = 512;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private int waiting;

    public async Task WaitAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) <= MostWaiting && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
            await Task.Delay(Pause, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Interlocked.Decrement(ref waiting);
    }
}
