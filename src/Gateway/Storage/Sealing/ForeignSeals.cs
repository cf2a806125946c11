using Npgsql;

namespace Gateway.Storage.Sealing;

/// <summary>
/// Whether a database holds keys that were sealed under a master key which is not at hand. Asked before anything is changed: a gateway
/// with a wrong key would take over the database role and then fail, one request at a time.
/// </summary>
internal static class ForeignSeals
{
    public static async Task<bool> AnyAsync(string ownerConnectionString, MasterKeys masterKeys, CancellationToken cancellation)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false });
        await using var migrated = owner.CreateCommand("select to_regclass('gateway.district_key') is not null");
        if (!(bool)(await migrated.ExecuteScalarAsync(cancellation))!)
            return false;

        await using var headers = owner.CreateCommand("""
            select substring(sealed_key for 5) from gateway.district_key
            union select substring(sealed_private_key for 5) from gateway.signing_key where sealed_private_key is not null
            union select substring(sealed_id_key for 5) from gateway.engine_client
            """);
        await using var reader = await headers.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (Sealer.KeyIdOf(reader.GetFieldValue<byte[]>(0)) is { } id && masterKeys.Find(id) is null)
                return true;
        return false;
    }
}
