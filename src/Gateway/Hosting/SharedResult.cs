namespace Gateway.Hosting;

/// <summary>
/// A result that is made once for all who ask within its time, also while it is being made. A failure is told to those who waited for it,
/// and the next who asks tries again.
/// </summary>
/// <param name="time">What time it is.</param>
/// <param name="until">Until when a result made at a moment holds.</param>
/// <param name="make">Makes it. Nobody who asks can stop it: others wait too.</param>
internal sealed class SharedResult<T>(TimeProvider time, Func<DateTimeOffset, DateTimeOffset> until, Func<Task<T>> make)
{
    private readonly Lock gate = new();
    private Task<T>? result;
    private DateTimeOffset end;

    public Task<T> GetAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (result is null or { IsFaulted: true } or { IsCanceled: true } || (result.IsCompleted && now >= end))
                (result, end) = (Task.Run(make, CancellationToken.None), until(now));
            return result.WaitAsync(cancellation);
        }
    }
}
