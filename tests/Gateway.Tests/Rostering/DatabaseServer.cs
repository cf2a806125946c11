namespace Gateway.Tests.Rostering;

/// <summary>The one place that says which PostgreSQL the tests of this folder and of Jobs use, as its owner.</summary>
internal static class DatabaseServer
{
    public static string OwnerConnectionString => Stage.TestCluster.OwnerConnectionString;
}
