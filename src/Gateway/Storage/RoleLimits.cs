using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// What the role that the gateway works as may cost the database at most. Long work (a roster run, retention, an export) lifts the limits
/// of time for its own transaction (<see cref="LongWork"/>); nobody but a superuser lifts the one of temporary files.
/// </summary>
internal static class RoleLimits
{
    // The driver gives up after 30 seconds, unless a command says otherwise: what runs for a minute has been forgotten.
    private static readonly (string Name, string Value)[] All =
        [("statement_timeout", "60s"), ("idle_in_transaction_session_timeout", "60s"), ("temp_file_limit", "4GB")];

    /// <summary>
    /// Sets them for the role in this database. What the owner may not set is left as it is: temp_file_limit is for superusers, and a role
    /// that somebody else made for that one. <see cref="MissingAsync"/> tells.
    /// </summary>
    public static async Task SetAsync(string role, NpgsqlConnection owner, CancellationToken cancellation)
    {
        foreach (var (name, value) in All)
        {
            try
            {
                await using var set = new NpgsqlCommand(
                    $"alter role {ApplicationRole.Quote(role)} in database {ApplicationRole.Quote(owner.Database)} set {name} = '{value}'", owner);
                await set.ExecuteNonQueryAsync(cancellation);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // Looked for once the role is connected.
            }
        }
    }

    /// <summary>Those of the limits that do not hold for the connected role.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(NpgsqlDataSource application, CancellationToken cancellation)
    {
        await using var select = application.CreateCommand(
            "select name from pg_settings where name = any($1) and setting in ('0', '-1') order by name");
        select.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. All.Select(limit => limit.Name)] });
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var missing = new List<string>();
        while (await reader.ReadAsync(cancellation))
            missing.Add(reader.GetString(0));
        return missing;
    }
}
