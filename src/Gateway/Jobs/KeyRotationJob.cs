using Gateway.Identity;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing, once a day, to <see cref="SigningKeyRotation"/> (L-2.5).</summary>
[DisallowConcurrentExecution]
internal sealed class KeyRotationJob(SigningKeyRotation rotation, ILogger<KeyRotationJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await rotation.TendAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next day tries again: there are seven between a key's announcement and its use.
            Log.KeyRotationBroke(logger, e.GetType().Name);
        }
    }
}
