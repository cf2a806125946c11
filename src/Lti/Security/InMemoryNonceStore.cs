using System.Collections.Concurrent;

namespace Lti.Security;

/// <summary>Spends nonces in the memory of one process: for samples, tests and tools that run as a single replica.</summary>
public sealed class InMemoryNonceStore(TimeProvider clock) : INonceStore
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> spent = new(StringComparer.Ordinal);
    private long nextSweep;

    /// <inheritdoc/>
    public ValueTask<bool> TrySpendAsync(string nonce, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        Sweep(clock.GetUtcNow());
        return new(spent.TryAdd(nonce, expiresAt));
    }

    private void Sweep(DateTimeOffset now)
    {
        var due = Interlocked.Read(ref nextSweep);
        if (now.UtcTicks < due || Interlocked.CompareExchange(ref nextSweep, now.AddMinutes(1).UtcTicks, due) != due) return;
        foreach (var (nonce, expiresAt) in spent)
        {
            if (expiresAt < now) spent.TryRemove(nonce, out _);
        }
    }
}
