using System.Diagnostics;
using Npgsql;

namespace Gateway.Bench.Rosters;

/// <summary>
/// The floors of storing: the rows that the gateway stored, kept as binary COPY files and given to PostgreSQL again, as the owner, in one
/// durable transaction and in the order of their references.
/// </summary>
internal sealed class BareCopy(string connection, string folder)
{
    private static readonly (string Table, string Columns, string Key)[] Tables =
    [
        ("school", "id, district_id, source, name, ended_on", "id"),
        ("term", "id, district_id, source, kind, title, starts_on, ends_on, ended_on", "id"),
        ("class", "id, district_id, source, school_id, kind, title, subjects, grades, term_ids, ended_on", "id"),
        ("learner", "id, district_id, role, grades, first_seen, last_seen, last_launch, roster_ended, on_roster", "id"),
        ("learner_identity", "district_id, kind, hash, key_version, learner_id", "district_id, kind, hash"),
        ("enrollment", "district_id, class_id, learner_id, role, starts_on, ends_on, ended_on", "class_id, learner_id, role"),
    ];

    /// <summary>Keeps what a night of the gateway stored.</summary>
    public async Task KeepAsync()
    {
        await using var open = await OpenAsync();
        foreach (var (table, columns, _) in Tables)
        {
            await using var from = await open.BeginRawBinaryCopyAsync($"copy (select {columns} from gateway.{table}) to stdout (format binary)");
            await using var to = File.Create(PathOf(table));
            await from.CopyToAsync(to);
        }
    }

    /// <summary>The first night: straight into the final tables, with their indexes and foreign keys.</summary>
    public async Task<double> FirstAsync()
    {
        await using var open = await OpenAsync();
        var begun = Stopwatch.GetTimestamp();
        await using var transaction = await open.BeginTransactionAsync();
        foreach (var (table, columns, _) in Tables)
            await CopyAsync(open, $"gateway.{table} ({columns})", table);
        await transaction.CommitAsync();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>A night on which nothing changed: into unlogged tables without an index, and one full outer join of each with the final one.</summary>
    public async Task<double> UnchangedAsync()
    {
        await using var open = await OpenAsync();
        var begun = Stopwatch.GetTimestamp();
        long differences = 0;
        foreach (var (table, columns, key) in Tables)
        {
            await ExecuteAsync(open, $"create unlogged table floor_{table} as select {columns} from gateway.{table} where false");
            await CopyAsync(open, $"floor_{table} ({columns})", table);
            differences += await ExecuteAsync(open, $"select count(*) from gateway.{table} a full join floor_{table} b using ({key}) where ({Side("a", columns)}) is distinct from ({Side("b", columns)})");
        }

        var taken = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        foreach (var (table, _, _) in Tables)
            await ExecuteAsync(open, $"drop table floor_{table}");
        return differences == 0 ? taken : throw new InvalidOperationException("The floor compares other rows than those it stored.");
    }

    private static string Side(string alias, string columns) => string.Join(", ", columns.Split(", ").Select(column => $"{alias}.{column}"));

    private string PathOf(string table) => Path.Combine(folder, $"{table}.copy");

    private async Task CopyAsync(NpgsqlConnection open, string into, string table)
    {
        await using var to = await open.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)");
        await using var from = File.OpenRead(PathOf(table));
        await from.CopyToAsync(to, 1 << 16);
    }

    private static async Task<long> ExecuteAsync(NpgsqlConnection open, string sql)
    {
        await using var command = new NpgsqlCommand(sql, open) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        await open.OpenAsync();
        return open;
    }
}
