using Gateway.Storage.Sealing;

namespace Gateway.Storage;

/// <summary>Where the database and the master key are; from the settings <c>ConnectionStrings__Gateway</c> and <c>Gateway__*</c>.</summary>
/// <param name="ConnectionString">The owner's; null: a private cluster under the data directory.</param>
/// <param name="MasterKeyFile">Required with a connection string.</param>
/// <param name="DataDirectory">Of the private cluster and its master key.</param>
/// <param name="KeySharesDirectory">Of the districts' key shares; null: below the data directory.</param>
/// <param name="KeyFiles">Who may read the master key and the shares.</param>
internal sealed record StorageOptions(string? ConnectionString, string? MasterKeyFile, string DataDirectory, string? KeySharesDirectory, KeyFileAccess KeyFiles);
