using System.Security.Cryptography;
using System.Text;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// The unprivileged role that the gateway works as: one a database, named after it. Its password is derived from the master key, so
/// that every replica knows it and nothing stores it.
/// </summary>
internal sealed class ApplicationRole(string database, MasterKeys masterKeys)
{
    private const string Purpose = "database role";

    public string Name { get; } = $"{(database.Length > 50 ? database[..50] : database)}_app";

    /// <summary>The role of the database that a connection string names.</summary>
    public static ApplicationRole Of(string connectionString, MasterKeys masterKeys)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new(settings.Database ?? settings.Username ?? "", masterKeys);
    }

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public async Task EnsureAsync(NpgsqlConnection owner, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", owner) { Parameters = { new() { Value = Name } } };
        if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!)
            await SetAsync("create", owner, cancellation);
        await RoleLimits.SetAsync(Name, owner, cancellation);
    }

    /// <summary>The connection string of the role, made of the owner's.</summary>
    public string ConnectionString(string ownerConnectionString) =>
        Pooled(new(ownerConnectionString) { Username = Name, Password = Password(), Passfile = null });

    /// <summary>
    /// The connection string of the role, made of one that an operator gave for it: without a password in it, the role has the one that
    /// migrating gave it.
    /// </summary>
    public string OwnConnectionString(string given)
    {
        var settings = new NpgsqlConnectionStringBuilder(given);
        if (settings.Username == Name && settings.Password is null && settings.Passfile is null)
            settings.Password = Password();
        return Pooled(settings);
    }

    /// <summary>Opens the role's data source; where the password is another (the master key changed), the owner sets it anew.</summary>
    public async Task<NpgsqlDataSource> OpenAsync(string ownerConnectionString, NpgsqlConnection owner, CancellationToken cancellation)
    {
        var source = NpgsqlDataSource.Create(ConnectionString(ownerConnectionString));
        try
        {
            await using var probe = await source.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            await SetAsync("alter", owner, cancellation);
        }

        return source;
    }

    private static string Pooled(NpgsqlConnectionStringBuilder settings)
    {
        settings.MaxAutoPrepare = 64;
        return settings.ConnectionString;
    }

    private async Task SetAsync(string verb, NpgsqlConnection owner, CancellationToken cancellation)
    {
        // The server gets the verifier, never the password: statements may be logged.
        var sql = $"{verb} role {Quote(Name)} login nosuperuser nocreatedb nocreaterole noinherit nobypassrls password '{Verifier(Password())}'";
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private string Password()
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKeys.Current.Key, 32, info: Encoding.UTF8.GetBytes($"{Purpose}:{Name}"));
        return Convert.ToHexStringLower(key);
    }

    // RFC 5802, 3, in the form that PostgreSQL keeps in pg_authid.
    private static string Verifier(string password)
    {
        const int iterations = 4096;
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, 32);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
