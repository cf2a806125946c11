using System.Security.Cryptography;

namespace Gateway.Hosting.Limits;

/// <summary>
/// A wait of one to two seconds before a refusal: callers who are refused together do not come back together. It takes no thread, and of more
/// than a few hundred at once the rest is answered without it.
/// </summary>
internal sealed class RefusalPause(TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MostWaiting = 512;
    private int waiting;

    public async Task WaitAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) <= MostWaiting && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
            await Task.Delay(TimeSpan.FromMilliseconds(1_000 + RandomNumberGenerator.GetInt32(1_000)), time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Interlocked.Decrement(ref waiting);
    }
}
