using System.Xml.Linq;

namespace Gateway.Tests.House;

/// <summary>The working copy that these tests read: source, projects and documents.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", ".git", ".data", "TestResults", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files below the folders, as paths from the root with slashes; nothing that a build or a run made.</summary>
    public static IReadOnlyList<string> Files(string pattern, params IEnumerable<string> folders) =>
    [
        .. folders.SelectMany(folder => Below(new DirectoryInfo(Path.Combine(Root, folder)), pattern))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    public static XDocument Xml(string path) => XDocument.Parse(Read(path));

    /// <summary>All projects.</summary>
    public static IReadOnlyList<string> Projects { get; } = Files("*.csproj", ".");

    /// <summary>What a project file or an imported one refers to: the item's kind and its name, files without their folders.</summary>
    public static IEnumerable<(string Kind, string Name)> References(string file) =>
        from item in Xml(file).Descendants()
        where item.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference" or "Reference"
        let included = (string?)item.Attribute("Include") ?? ""
        select (item.Name.LocalName, item.Name.LocalName == "ProjectReference" ? Path.GetFullPath(included, FolderOf(file)) : included);

    /// <summary>The build files that MSBuild imports into a project by itself.</summary>
    public static IEnumerable<string> ImportedInto(string project)
    {
        for (var folder = FolderOf(project); folder.Length >= Root.Length; folder = Path.GetDirectoryName(folder)!)
            foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets"])
                if (File.Exists(Path.Combine(folder, name)))
                    yield return Path.GetRelativePath(Root, Path.Combine(folder, name));
    }

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.Combine(Root, file))!;

    private static IEnumerable<string> Below(DirectoryInfo folder, string pattern)
    {
        if (!folder.Exists)
            return [];
        return folder.EnumerateFiles(pattern).Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(inner => Below(inner, pattern)));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
                return folder.FullName;
        throw new InvalidOperationException("These tests run inside a working copy: no Gateway.sln above the test assembly.");
    }
}
