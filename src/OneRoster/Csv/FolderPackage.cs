using Microsoft.Win32.SafeHandles;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>
/// A folder of CSV files. Links are refused: somebody who may drop files there must not make the gateway read others. What was listed may
/// have become a link when it is opened: it is opened from the folder on, name by name, without following one.
/// </summary>
internal sealed class FolderPackage : CsvPackage
{
    private readonly string path;
    private readonly SafeFileHandle root;

    private FolderPackage(string path, SafeFileHandle root) => (this.path, this.root) = (path, root);

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
            : (new FolderPackage(path, LinklessFiles.OpenFolder(path)) { Files = files }, null);
    }

    public override Stream Open(PackageFile file) => LinklessFiles.Open(root, path, file.Path);

    public override void Dispose() => root.Dispose();
}
