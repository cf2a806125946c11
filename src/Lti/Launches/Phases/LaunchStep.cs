namespace Lti.Launches.Phases;

/// <summary>A named phase and what it does: null lets the launch go on.</summary>
internal sealed record LaunchStep(LaunchPhase Phase, Func<LaunchAttempt, CancellationToken, ValueTask<LaunchRefusal?>> RunAsync)
{
    public LaunchStep(LaunchPhase phase, Func<LaunchAttempt, LaunchRefusal?> run)
        : this(phase, (attempt, _) => new(run(attempt)))
    {
    }
}
