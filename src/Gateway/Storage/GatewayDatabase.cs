using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// The database as the gateway's unprivileged role. Rows that belong to a district are seen only inside
/// <see cref="InDistrictAsync{T}"/> (or a batch begun by <see cref="DistrictBatch"/>): row-level security hides the rest.
/// </summary>
internal sealed class GatewayDatabase(NpgsqlDataSource dataSource)
{
    /// <summary>A number that no district has: in its sight are the rows of the gateway's own audit chain.</summary>
    public const int Own = 0;

    public NpgsqlDataSource DataSource => dataSource;

    /// <summary>One transaction that sees one district; commits when the work returns, rolls back when it throws.</summary>
    public async Task<T> InDistrictAsync<T>(int district, Func<DistrictSession, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await SetDistrictAsync(connection, transaction, district, cancellation);
        await using var session = new DistrictSession(district, connection, transaction);
        var result = await work(session);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    public Task InDistrictAsync(int district, Func<DistrictSession, Task> work, CancellationToken cancellation) =>
        InDistrictAsync(district, async session =>
        {
            await work(session);
            return true;
        }, cancellation);

    /// <summary>One transaction that sees one district as it is at one moment, whatever others commit meanwhile.</summary>
    public async Task<T> InSnapshotAsync<T>(int district, Func<DistrictSession, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await SetDistrictAsync(connection, transaction, district, cancellation);
        await using var session = new DistrictSession(district, connection, transaction);
        var result = await work(session);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>One transaction in no district's sight, for what belongs to the gateway itself; its audit entries go into the gateway's own chain.</summary>
    public Task<T> InGatewayAsync<T>(Func<DistrictSession, Task<T>> work, CancellationToken cancellation) => InDistrictAsync(Own, work, cancellation);

    /// <summary>One transaction that makes a district (the insert gives its number) and then sees it.</summary>
    public async Task InNewDistrictAsync(Func<GatewayDbContext, Task<int>> insert, Func<DistrictSession, Task> work, CancellationToken cancellation)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var directory = new GatewayDbContext(new DbContextOptionsBuilder<GatewayDbContext>().UseNpgsql(connection).Options);
        await directory.Database.UseTransactionAsync(transaction, cancellation);
        var district = await insert(directory);
        await SetDistrictAsync(connection, transaction, district, cancellation);
        await using var session = new DistrictSession(district, connection, transaction);
        await work(session);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// A batch that is one round trip and one transaction, in the district's sight. Its first result set belongs to the setting:
    /// readers call <c>NextResultAsync</c> once.
    /// </summary>
    public static NpgsqlBatch DistrictBatch(NpgsqlConnection connection, int district) => new(connection)
    {
        BatchCommands =
        {
            new NpgsqlBatchCommand("select set_config('gateway.district', $1, true)")
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = DistrictSetting(district) } },
            },
        },
    };

    /// <summary>Entity Framework over the tables that belong to no district (the directory of districts, engines, keys).</summary>
    public GatewayDbContext Open() => new(Options(dataSource));

    public static DbContextOptions<GatewayDbContext> Options(NpgsqlDataSource source) =>
        new DbContextOptionsBuilder<GatewayDbContext>().UseNpgsql(source).Options;

    private static async Task SetDistrictAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int district, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand("select set_config('gateway.district', $1, true)", connection, transaction);
        select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = DistrictSetting(district) });
        await select.ExecuteNonQueryAsync(cancellation);
    }

    private static string DistrictSetting(int district) => district.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
