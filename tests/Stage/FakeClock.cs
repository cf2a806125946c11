namespace Gateway.Stage;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private long ticks = now.UtcTicks;

    /// <summary>On a morning of September, when the school year begins.</summary>
    public FakeClock() : this(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
