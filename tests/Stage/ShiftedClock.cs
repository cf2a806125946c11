namespace Gateway.Stage;

/// <summary>The real clock, set forward; its timers may run faster, for waits that a test has no time for.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long ticks;

    /// <summary>How many times faster timers that are made from now on run.</summary>
    public int Speed { get; set; } = 1;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private TimeSpan Faster(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / Speed;
}
