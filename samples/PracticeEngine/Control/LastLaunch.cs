namespace Samples.PracticeEngine.Control;

/// <summary>What came with the last sign-in, names only, and how long it took.</summary>
internal sealed class LastLaunch
{
    private Launch? _last;

    public Launch? Value => Volatile.Read(ref _last);

    public void Note(IReadOnlyList<string> claimNames, DateTimeOffset receivedAt, TimeSpan took) =>
        Volatile.Write(ref _last, new Launch(claimNames, receivedAt, took.TotalMilliseconds));

    internal sealed record Launch(IReadOnlyList<string> ClaimNames, DateTimeOffset ReceivedAt, double Milliseconds);
}
