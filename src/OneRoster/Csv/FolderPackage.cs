using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A folder of CSV files. Links are refused: whoever may drop files there must not make the gateway read others.</summary>
internal sealed class FolderPackage : CsvPackage
{
    private readonly string root;

    private FolderPackage(string root) => this.root = root;

    public static (CsvPackage? Package, RosterRefusal? Refusal) Open(string path, CsvLimits limits)
    {
        var files = new List<PackageFile>();
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", options))
        {
            if (entry.LinkTarget is not null)
                return (null, new RosterRefusal(RosterFailures.Link, "The folder holds a link. Put the files themselves there."));
            if (entry is not FileInfo file)
                continue;
            files.Add(new PackageFile(Path.GetRelativePath(path, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.Length));
            if (files.Count > limits.Entries)
                return (null, new RosterRefusal(RosterFailures.TooManyEntries, $"The folder holds more than {limits.Entries} files."));
        }

        return CheckNames(files.Select(file => file.Path)) is { } refusal
            ? (null, refusal)
            : (new FolderPackage(path) { Files = files }, null);
    }

    public override Stream Open(PackageFile file) => new FileStream(
        Path.Combine(root, file.Path), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public override void Dispose()
    {
    }
}
