namespace Gateway.Identity;

/// <summary>Makes and parses the gateway's own keys when it starts to serve: the first person to click must not wait for that.</summary>
internal sealed class SigningKeySetup(SigningKeys keys) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var purpose in SigningPurpose.All)
            await keys.ActiveAsync(purpose, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
