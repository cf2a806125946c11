namespace Browser.Tests.Browsing;

/// <summary>Pictures that a run leaves behind, under <c>artifacts/browser</c> of the repository.</summary>
internal static class Artifacts
{
    public static string Picture(string name) => Path.Combine(Root.Value, "artifacts", "browser", name + ".png");

    private static readonly Lazy<string> Root = new(() =>
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
                return folder.FullName;
        throw new InvalidOperationException("No folder above the tests holds Gateway.sln.");
    });
}
