using System.Globalization;
using Gateway.Storage.Embedded;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Storage;

/// <summary>The database, migrated and open as the unprivileged role, and the master keys. Stops the private cluster when disposed last.</summary>
internal sealed class OpenedStorage : IAsyncDisposable
{
    private static readonly Failure AnotherMasterKey = new(
        "storage.master_key",
        "The database's keys were sealed under another master key than those in Gateway__MasterKeyFile. "
        + "Bring the file back from its safe place, or add its key as a further line. Nothing was changed.");

    private readonly EmbeddedPostgres? embedded;

    private OpenedStorage(Access access, MasterKeys masterKeys, KeyShares shares, EmbeddedPostgres? embedded)
    {
        DataSource = access.Source;
        PublicPages = access.PublicPages;
        IsOwners = access.IsOwners;
        MasterKeys = masterKeys;
        KeyShares = shares;
        this.embedded = embedded;
    }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>The same database by a few connections of its own, for pages that anybody may ask for.</summary>
    public PublicPool PublicPages { get; }

    /// <summary>Whether the connection string was the owner's: the schema was brought up to date.</summary>
    public bool IsOwners { get; }

    public MasterKeys MasterKeys { get; }

    public KeyShares KeyShares { get; }

    public static async Task<Outcome<OpenedStorage>> OpenAsync(
        StorageOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation, params IReadOnlyList<OwnerStep> steps)
    {
        var keyFile = MasterKeyFile.PathOf(options.MasterKeyFile, options.DataDirectory, embedded: options.ConnectionString is null);
        if (Openness(keyFile is not null && File.Exists(keyFile) && KeyFileAccesses.IsOpenToOthers(keyFile), options, loggers) is { } open)
            return open with { Message = string.Create(CultureInfo.InvariantCulture, $"Other accounts of this machine may read the master key: {keyFile}. {open.Message}chmod 600 {keyFile}") };
        var keys = MasterKeyFile.Load(options.MasterKeyFile, options.DataDirectory, embedded: options.ConnectionString is null);
        if (keys.Keys is not { } masterKeys)
            return new Failure("storage.master_key", keys.Problem!);

        EmbeddedPostgres? embedded = null;
        if (options.ConnectionString is null)
        {
            var started = await EmbeddedPostgres.StartAsync(
                new() { DataDirectory = options.DataDirectory, TimeProvider = time, Logger = loggers.CreateLogger<EmbeddedPostgres>() }, cancellation);
            if (started is EmbeddedPostgresOutcome.Failed { Failure: var failure })
                return new Failure(failure.Code, failure.Message);
            embedded = ((EmbeddedPostgresOutcome.Running)started).Server;
        }

        try
        {
            var access = await AccessAsync(options.ConnectionString ?? embedded!.OwnerConnectionString, masterKeys, steps, cancellation);
            if (!access.Succeeded)
            {
                if (embedded is not null)
                    await embedded.DisposeAsync();
                return Outcome<OpenedStorage>.Failed(access.Failures);
            }

            var shares = new KeyShares(options.KeySharesDirectory ?? Path.Combine(options.DataDirectory, "key-shares"));
            var storage = new OpenedStorage(access.Value, masterKeys, shares, embedded);
            var (missing, readable) = await LookAsync(storage.DataSource, shares, cancellation);
            if (Openness(readable > 0, options, loggers) is { } openShares)
            {
                await storage.DisposeAsync();
                return openShares with { Message = string.Create(CultureInfo.InvariantCulture, $"Other accounts of this machine may read {readable} of the districts' key shares in {shares.Folder}. {openShares.Message}chmod 600 {shares.Folder}/*.share") };
            }

            if (missing > 0)
            {
                await storage.DisposeAsync();
                return new Failure("storage.key_shares", string.Create(CultureInfo.InvariantCulture,
                    $"{missing} of the districts' key shares are not in {shares.Folder}. Mount the folder that the other gateways use and name it in Gateway__KeySharesDirectory, or bring it back from its mirror. Nothing was changed."));
            }

            if (await RoleLimits.MissingAsync(storage.DataSource, cancellation) is { Count: > 0 } unlimited)
                Log.LimitsMissing(loggers.CreateLogger<OpenedStorage>(), string.Join(", ", unlimited));
            return storage;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            if (embedded is not null)
                await embedded.DisposeAsync();
            // The driver's message may hold parts of the connection string: only its code is told.
            var reason = e is PostgresException { SqlState: var state } ? $"SQLSTATE {state}" : e.GetType().Name;
            return new Failure("storage.database", $"The database cannot be prepared ({reason}). Check ConnectionStrings__Gateway: it must be the owner's, "
                + "with the right to create a role, or that of the role DATABASE_app, which migrating made; and the server must be reachable.");
        }
    }

    // Refused, or said in the log, by where the gateway runs.
    private static Failure? Openness(bool open, StorageOptions options, ILoggerFactory loggers)
    {
        if (!open || options.KeyFiles == KeyFileAccess.Container)
            return null;
        if (options.KeyFiles == KeyFileAccess.OwnerOnly)
            return new Failure("storage.key_readable", "Nothing was started. Give the file to the account that runs the gateway, and to no other: ");
        loggers.CreateLogger<OpenedStorage>().KeyReadable();
        return null;
    }

    private static async Task<Outcome<Access>> AccessAsync(
        string connectionString, MasterKeys masterKeys, IReadOnlyList<OwnerStep> steps, CancellationToken cancellation)
    {
        if (!await ApplicationStartup.IsOwnersAsync(connectionString, masterKeys, cancellation))
            return await ApplicationAccessAsync(connectionString, masterKeys, cancellation);
        if (await ForeignSeals.AnyAsync(connectionString, masterKeys, cancellation))
            return AnotherMasterKey;
        var source = await DatabaseStartup.PrepareAsync(connectionString, masterKeys, cancellation, steps);
        var role = ApplicationRole.Of(connectionString, masterKeys);
        return new Access(source, PublicPool.Open(role.ConnectionString(connectionString)), IsOwners: true);
    }

    private static async Task<Outcome<Access>> ApplicationAccessAsync(string connectionString, MasterKeys masterKeys, CancellationToken cancellation)
    {
        var opened = await ApplicationStartup.OpenAsync(connectionString, masterKeys, cancellation);
        if (!opened.Succeeded)
            return Outcome<Access>.Failed(opened.Failures);
        if (!await ForeignSeals.AnyAsync(opened.Value, masterKeys, cancellation))
            return new Access(opened.Value, PublicPool.Open(ApplicationRole.Of(connectionString, masterKeys).OwnConnectionString(connectionString)), IsOwners: false);
        await opened.Value.DisposeAsync();
        return AnotherMasterKey;
    }

    // Going on without one would make strangers of everybody whom a district knows.
    private static async Task<(int Missing, int Readable)> LookAsync(NpgsqlDataSource source, KeyShares shares, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select * from gateway.key_shares()");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (missing, readable) = (0, 0);
        while (await reader.ReadAsync(cancellation))
        {
            missing += shares.Find(reader.GetGuid(0)) is null && !shares.IsDestroyed(reader.GetGuid(0)) ? 1 : 0;
            readable += shares.IsOpenToOthers(reader.GetGuid(0)) ? 1 : 0;
        }

        return (missing, readable);
    }

    public async ValueTask DisposeAsync()
    {
        await PublicPages.DisposeAsync();
        await DataSource.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }

    private sealed record Access(NpgsqlDataSource Source, PublicPool PublicPages, bool IsOwners);
}
