using Gateway.Hosting;
using Gateway.Rostering;
using Gateway.Rostering.Pickup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Rostering;

/// <summary>Roster connections over a test's database, with a scheduler that schedules nothing unless another is given.</summary>
internal static class TestConnections
{
    public static RosterConnections Of(RosterDatabase database, IRosterSchedules? schedules = null, SftpSource? sftp = null, GatewayOptions? options = null)
    {
        var given = Options.Create(options ?? new GatewayOptions());
        var guard = new OutboundGuard(given);
        return new(
            database.Gateway, database.Sealer, schedules ?? new NoSchedules(),
            new ServiceCollection().AddHttpClient().BuildServiceProvider().GetRequiredService<IHttpClientFactory>(),
            given, database.Clock, NullLoggerFactory.Instance,
            sftp ?? new SftpSource(new SftpPickup(guard, given, new SftpLimits(), database.Clock)), database.Trail, new RosterAuthorities(guard));
    }
}

/// <summary>A scheduler that schedules nothing and notes what it was asked.</summary>
internal sealed class NoSchedules : IRosterSchedules, IRosterTimers
{
    public List<int> Synced { get; } = [];

    public List<int> RunNow { get; } = [];

    /// <summary>The instants at which districts are to be tried again.</summary>
    public Dictionary<int, DateTimeOffset> Retries { get; } = [];

    public bool IsValid(string cron) => cron != "never";

    public Task SyncAsync(int district, CancellationToken cancellation)
    {
        Synced.Add(district);
        return Task.CompletedTask;
    }

    public Task SyncAllAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<bool> RunNowAsync(int district, CancellationToken cancellation)
    {
        RunNow.Add(district);
        return Task.FromResult(true);
    }

    public Task TryAgainAtAsync(int district, DateTimeOffset instant, CancellationToken cancellation)
    {
        Retries[district] = instant;
        return Task.CompletedTask;
    }

    public Task ForgetRetryAsync(int district, CancellationToken cancellation)
    {
        Retries.Remove(district);
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset?> NextRunAsync(int district, CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(null);
}
