namespace Gateway.Launches;

/// <summary>A launch that waits for the next write.</summary>
internal sealed class WaitingLaunch(int district, LaunchToRecord launch)
{
    private readonly TaskCompletionSource<LaunchWriting> written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int District => district;

    public LaunchToRecord Launch => launch;

    public Task<LaunchWriting> Written => written.Task;

    public void Settle(LaunchWriting writing) => written.TrySetResult(writing);
}

/// <summary>What came of writing a launch together with others.</summary>
/// <param name="Settled">Whether it is decided; else it has to be written by itself.</param>
/// <param name="Learner">The learner; null when the nonce was spent before.</param>
internal readonly record struct LaunchWriting(bool Settled, long? Learner);
