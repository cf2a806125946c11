namespace Gateway.Tests.Identity;

/// <summary>One database for a class of tests, without engines and keys when a test begins.</summary>
public abstract class ClearedDatabase(DatabaseOfClass fixture) : IClassFixture<DatabaseOfClass>, IAsyncLifetime
{
    internal IdentityDatabase Database => fixture.Database;

    public async ValueTask InitializeAsync() => await Database.ClearAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A <see cref="IdentityDatabase"/> that lives as long as its class of tests.</summary>
public sealed class DatabaseOfClass : IAsyncLifetime
{
    private IdentityDatabase? database;

    internal IdentityDatabase Database => database!;

    public async ValueTask InitializeAsync() => database = await IdentityDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
