using System.Security.Cryptography;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Privacy.Audit;

/// <summary>
/// The key that the audit trail is hashed with: random, made at first use, sealed under the master key and kept when that is replaced
/// or a district's key is destroyed. Whoever has the database alone cannot make an entry or a head.
/// </summary>
internal sealed class AuditKeys(GatewayDatabase database, Sealer sealer, TimeProvider time)
{
    private const string Purpose = "audit key";
    private const short Version = 1;
    private volatile byte[]? known;

    public async ValueTask<byte[]> GetAsync(CancellationToken cancellation) => known ??= await LoadAsync(cancellation);

    private async Task<byte[]> LoadAsync(CancellationToken cancellation)
    {
        // Of several makers at once one gets through, and all read what it made.
        var made = RandomNumberGenerator.GetBytes(32);
        await using var insert = database.DataSource.CreateCommand(
            "insert into gateway.audit_key (version, sealed_key, created_at) select $1, $2, $3 where not exists (select from gateway.audit_key) on conflict do nothing");
        insert.Parameters.Add(new NpgsqlParameter<short> { TypedValue = Version });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = sealer.Seal(Purpose, made, ContextOf(Version)) });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        await insert.ExecuteNonQueryAsync(cancellation);
        CryptographicOperations.ZeroMemory(made);
        await using var select = database.DataSource.CreateCommand("select sealed_key from gateway.audit_key where version = $1");
        select.Parameters.Add(new NpgsqlParameter<short> { TypedValue = Version });
        return sealer.Open(Purpose, (byte[])(await select.ExecuteScalarAsync(cancellation))!, ContextOf(Version));
    }

    private static string ContextOf(short version) => $"{version}";
}
