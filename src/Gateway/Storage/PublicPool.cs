using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// A few connections for pages that anybody may ask for: however many ask, launches and the engines' API find the other pool free.
/// </summary>
internal sealed class PublicPool(NpgsqlDataSource source) : IAsyncDisposable
{
    private const int Connections = 4;

    public NpgsqlDataSource Source => source;

    /// <param name="connectionString">The unprivileged role's.</param>
    public static PublicPool Open(string connectionString) =>
        new(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = 0, MaxPoolSize = Connections }));

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
