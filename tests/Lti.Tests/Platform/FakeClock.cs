namespace Lti.Tests.Platform;

/// <summary>Stands still until told otherwise. Timers run on real time: they only guard against hanging.</summary>
internal sealed class FakeClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 9, 1, 8, 0, 0, 250, TimeSpan.Zero);

    public DateTimeOffset Now => now;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
