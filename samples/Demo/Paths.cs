namespace Samples.Demo;

/// <summary>Where the built programs are: beside this one, in the same configuration.</summary>
internal static class Paths
{
    public static string Root { get; } = FindRoot();

    public static string Gateway => Built("src/Gateway", "gateway");

    public static string Lms => Built("samples/Lms", "sample-lms");

    public static string Sis => Built("samples/Sis", "sample-sis");

    public static string Engine => Built("samples/PracticeEngine", "sample-practiceengine");

    // …/samples/Demo/bin/Release/net10.0/ → Release/net10.0
    private static string Output { get; } = Path.GetRelativePath(Path.Combine(Root, "samples/Demo/bin"), AppContext.BaseDirectory);

    private static string Built(string project, string name) => Path.GetFullPath(Path.Combine(Root, project, "bin", Output, $"{name}.dll"));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Gateway.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DemoFailedException("This program runs from a checkout, by ./run.sh.");
    }
}
