using System.Diagnostics;
using Gateway.Stage;
using Npgsql;

namespace Gateway.Tests.Privacy.Keys;

/// <summary>A copy of a database, by way of <c>pg_dump</c>: what somebody has who has a backup.</summary>
internal static class PgDump
{
    public static async Task<TestDatabase> CopyAsync(TestDatabase database)
    {
        var file = Path.GetTempFileName();
        try
        {
            var copy = await TestDatabase.CreateAsync("copy");
            await RunAsync("pg_dump", database, "--file", file);
            await RunAsync("psql", copy, "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--output", "/dev/null", "--file", file);
            return copy;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task RunAsync(string program, TestDatabase database, params string[] arguments)
    {
        var owner = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString);
        var start = new ProcessStartInfo(
            TestCluster.Binaries[program], ["--host", owner.Host!, "--port", $"{owner.Port}", "--username", owner.Username!, "--no-password", .. arguments, "--dbname", database.Name])
        {
            Environment = { ["PGPASSWORD"] = owner.Password ?? "" },
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
