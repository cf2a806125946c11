using Browser.Tests;
using Gateway.Stage;

[assembly: AssemblyFixture(typeof(AssemblySetUp))]

namespace Browser.Tests;

/// <summary>One private PostgreSQL for all tests of this assembly; each test class has databases of its own in it.</summary>
public sealed class AssemblySetUp : IAsyncLifetime
{
    private TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
