using Npgsql;

namespace Gateway.Storage.Sealing;

/// <summary>
/// Whether a database holds keys that were sealed under a master key which is not at hand. Asked before anything is changed: a gateway
/// with a wrong key would take over the database role and then fail, one request at a time.
/// </summary>
internal static class ForeignSeals
{
    // The function seal_headers asks the same; the owner asks before it is there.
    private const string Headers = """
        select substring(sealed_key for 5) from gateway.district_key
        union select substring(sealed_private_key for 5) from gateway.signing_key where sealed_private_key is not null
        union select substring(sealed_id_key for 5) from gateway.engine_client
        """;

    public static async Task<bool> AnyAsync(string ownerConnectionString, MasterKeys masterKeys, CancellationToken cancellation)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false });
        await using var migrated = owner.CreateCommand("select to_regclass('gateway.district_key') is not null");
        if (!(bool)(await migrated.ExecuteScalarAsync(cancellation))!)
            return false;

        return await AnyAsync(owner, Headers, masterKeys, cancellation);
    }

    /// <summary>The same, asked by the unprivileged role of a database that is at this build's version.</summary>
    public static Task<bool> AnyAsync(NpgsqlDataSource application, MasterKeys masterKeys, CancellationToken cancellation) =>
        AnyAsync(application, "select gateway.seal_headers()", masterKeys, cancellation);

    private static async Task<bool> AnyAsync(NpgsqlDataSource source, string sql, MasterKeys masterKeys, CancellationToken cancellation)
    {
        await using var headers = source.CreateCommand(sql);
        await using var reader = await headers.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (Sealer.KeyIdOf(reader.GetFieldValue<byte[]>(0)) is { } id && masterKeys.Find(id) is null)
                return true;
        return false;
    }
}
