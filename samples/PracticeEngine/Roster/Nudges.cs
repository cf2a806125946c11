using System.Collections.Concurrent;

namespace Samples.PracticeEngine.Roster;

/// <summary>Webhooks wake whoever follows the district that they name.</summary>
internal sealed class Nudges(PracticeEngineOptions options)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _bells = new();
    private long _taken;

    /// <summary>How many webhooks were taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    public void Ring(string district)
    {
        Interlocked.Increment(ref _taken);
        SemaphoreSlim bell = Bell(district);
        if (bell.CurrentCount == 0)
            bell.Release();
    }

    public async Task WaitAsync(string district, TimeSpan longest, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(longest, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await Bell(district).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Webhooks are a courtesy; the feed is the truth.
        }
    }

    private SemaphoreSlim Bell(string district) => _bells.GetOrAdd(district, _ => new SemaphoreSlim(0));
}
