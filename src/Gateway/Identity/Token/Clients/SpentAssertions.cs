using System.Security.Cryptography;
using System.Text;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Identity.Token.Clients;

/// <summary>Sees to it that a client assertion is used once, whichever replica it comes to.</summary>
internal sealed class SpentAssertions(GatewayDatabase database)
{
    /// <summary>Spends it: one round trip, one commit. False when it was spent before.</summary>
    /// <param name="clientId">The client; an id is its own.</param>
    /// <param name="id">The assertion's <c>jti</c>; only a hash of it is stored.</param>
    /// <param name="expiresAt">When nobody would accept it any more.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public async Task<bool> TrySpendAsync(string clientId, string id, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        await using var insert = database.DataSource.CreateCommand(
            "insert into gateway.client_assertion (client_id, jti, expires_at) values ($1, $2, $3) on conflict do nothing");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16), bigEndian: true) });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = expiresAt });
        return await insert.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
