namespace Gateway.Tests.Rostering;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("roster-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
