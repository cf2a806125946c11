using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// Lifts the role's limits of time (<see cref="RoleLimits"/>) where one statement may rightly take minutes, or a transaction waits for a
/// peer: a large roster, a batch of deletions, an export. Half a day is an end all the same.
/// </summary>
internal static class LongWork
{
    private const string Names = "('statement_timeout'), ('idle_in_transaction_session_timeout')";

    /// <summary>For one transaction.</summary>
    public const string OfTransaction = $"select set_config(name, '12h', true) from (values {Names}) limits (name)";

    /// <summary>For a session; the pool resets it when the session is given back.</summary>
    public const string OfSession = $"select set_config(name, '12h', false) from (values {Names}) limits (name)";

    public static async Task AllowAsync(NpgsqlConnection connection, string ofWhat, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ofWhat, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
