using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Storage;

/// <summary>A transaction in the sight of one district, for Entity Framework (<see cref="Model"/>) and for SQL.</summary>
internal sealed class DistrictSession(int district, NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    private GatewayDbContext? model;

    public int District => district;

    public NpgsqlConnection Connection => connection;

    public NpgsqlTransaction Transaction => transaction;

    public GatewayDbContext Model => model ??= OpenModel();

    /// <summary>Lifts the limits of time for this transaction.</summary>
    public Task AllowLongWorkAsync(CancellationToken cancellation) => LongWork.AllowAsync(connection, LongWork.OfTransaction, cancellation);

    public NpgsqlCommand Command(string sql) => new(sql, connection, transaction);

    /// <summary>
    /// Takes the district's learner lock, which whoever makes, merges, moves or erases learners holds until the commit, also inside the
    /// database's own functions. Waits without a limit: a roster run holds it for as long as its switch takes.
    /// </summary>
    public async Task HoldLearnersAsync(CancellationToken cancellation)
    {
        await AllowLongWorkAsync(cancellation);
        await using var take = Command("select pg_advisory_xact_lock(hashtextextended('gateway.learners', $1))");
        take.CommandTimeout = 0;
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = district });
        await take.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (model is not null)
            await model.DisposeAsync();
    }

    private GatewayDbContext OpenModel()
    {
        var context = new GatewayDbContext(new DbContextOptionsBuilder<GatewayDbContext>().UseNpgsql(connection).Options);
        context.Database.UseTransaction(transaction);
        return context;
    }
}
