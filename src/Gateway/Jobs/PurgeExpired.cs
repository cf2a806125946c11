using Gateway.Storage;

namespace Gateway.Jobs;

/// <summary>Deletes what has expired: nonces, tickets, codes (P-2.7), changes that no cursor reaches any more, old webhook events. Knows nothing of the scheduler that calls it.</summary>
internal sealed class PurgeExpired(GatewayDatabase database, TimeProvider time)
{
    /// <returns>How many rows went.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select gateway.purge_expired($1) + gateway.purge_changes($1) + gateway.purge_webhooks($1)");
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
