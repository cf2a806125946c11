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

    public NpgsqlCommand Command(string sql) => new(sql, connection, transaction);

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
