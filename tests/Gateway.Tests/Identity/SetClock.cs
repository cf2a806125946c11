namespace Gateway.Tests.Identity;

/// <summary>A clock that stands until it is set forward.</summary>
internal sealed class SetClock : TimeProvider
{
    private long ticks = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
