using Gateway.Privacy.Audit;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>
/// Writes down what was done (P-5.6), in the transaction of the deed: both happen or neither. Taking the next number holds the chain's
/// head until that transaction ends, so an entry is the last thing that a transaction writes.
/// </summary>
internal sealed class AuditTrail(GatewayDatabase database, AuditKeys keys, TimeProvider time)
{
    /// <summary>Into the chain of the session's district.</summary>
    public Task AppendAsync(DistrictSession session, AuditEntry entry, CancellationToken cancellation) =>
        AppendAsync(session.Connection, session.District, entry, cancellation);

    /// <summary>Into the gateway's own chain, in a transaction of its own.</summary>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellation) =>
        database.InDistrictAsync(AuditChain.Own, session => AppendAsync(session, entry, cancellation), cancellation);

    /// <summary>Into the gateway's own chain, in the deed's transaction; the district in whose sight that is stays the same.</summary>
    public async Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, AuditEntry entry, CancellationToken cancellation)
    {
        await using var look = new NpgsqlCommand("select coalesce(current_setting('gateway.district', true), '')", connection, transaction);
        var before = (string)(await look.ExecuteScalarAsync(cancellation))!;
        await SeeAsync(connection, transaction, "0", cancellation);
        await AppendAsync(connection, AuditChain.Own, entry, cancellation);
        await SeeAsync(connection, transaction, before, cancellation);
    }

    private async Task AppendAsync(NpgsqlConnection connection, int chain, AuditEntry entry, CancellationToken cancellation) =>
        await new ChainWriter(await keys.GetAsync(cancellation), time).AppendAsync(connection, chain, entry, cancellation);

    private static async Task SeeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string district, CancellationToken cancellation)
    {
        await using var set = new NpgsqlCommand("select set_config('gateway.district', $1, true)", connection, transaction);
        set.Parameters.Add(new NpgsqlParameter<string> { TypedValue = district });
        await set.ExecuteNonQueryAsync(cancellation);
    }
}
