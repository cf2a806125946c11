using Gateway.Storage.Sealing;

namespace Gateway.Storage;

/// <summary>The database and the sealed columns.</summary>
internal static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services, OpenedStorage storage) => services
        .AddSingleton(storage)
        .AddSingleton(storage.DataSource)
        .AddSingleton(storage.PublicPages)
        .AddSingleton(storage.MasterKeys)
        .AddSingleton(storage.KeyShares)
        .AddSingleton<GatewayDatabase>()
        .AddSingleton<Sealer>();
}
