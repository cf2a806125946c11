using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A package that may be read, and what was noticed on the way.</summary>
internal sealed record OpenedPackage(
    CsvPackage Package, OneRosterVersion Version, IReadOnlyDictionary<RosterCollection, PackageFile> Files, IReadOnlyList<RosterFinding> Findings);

/// <summary>
/// The steps from a path to a package that may be read, in order: list it, find the manifest, read it, find every file that it
/// promises, look at the head of each. The first that fails is the refusal.
/// </summary>
internal sealed class CsvOpener(CsvPackage package, CsvLimits limits)
{
    private readonly List<RosterFinding> findings = [];

    public static (CsvPackage? Package, RosterRefusal? Refusal) List(string path, CsvLimits limits)
    {
        if (Directory.Exists(path))
            return FolderPackage.Open(path, limits);
        return File.Exists(path)
            ? ZipPackage.Open(path, limits)
            : (null, new RosterRefusal(RosterFailures.NotFound, "There is no file or folder at the given path."));
    }

    public (OpenedPackage? Opened, RosterRefusal? Refusal) Open()
    {
        if (FindManifest() is not var (manifestFile, folder))
            return Refuse(RosterFailures.ManifestMissing, "There is no manifest.csv. Export a OneRoster 1.1 or 1.2 package with its manifest.");
        var (manifest, refusal) = Guarded(() => ReadManifest(manifestFile));
        if (manifest is null)
            return (null, refusal);

        var files = new Dictionary<RosterCollection, PackageFile>();
        foreach (var collection in CsvSchema.Files(manifest.Version))
        {
            if (FindFile(manifest, collection, folder) is not { } file)
                return Refuse(
                    manifest.ModeOf(collection) == ManifestMode.Delta ? RosterFailures.DeltaNotSupported : RosterFailures.RequiredFileMissing,
                    manifest.ModeOf(collection) == ManifestMode.Delta
                        ? $"{CsvSchema.FileOf(collection)} is a delta file. Export in bulk: every file whole."
                        : $"{CsvSchema.FileOf(collection)} is missing or marked absent. Export it in bulk.");
            files[collection] = file;
        }

        if (files.Values.Any(file => file.Length > limits.FileBytes) || files.Values.Sum(file => file.Length) > limits.TotalBytes)
            return Refuse(RosterFailures.TooLarge, "The files are larger than allowed. Raise the limit if the roster is that large.");
        foreach (var (collection, file) in files)
            if (Guarded(() => LookAtHead(collection, file, manifest.Version)).Refusal is { } refused)
                return (null, refused);
        return (new OpenedPackage(package, manifest.Version, files, findings), null);
    }

    /// <summary>At the root, or in the only folder that has one.</summary>
    private (PackageFile File, string Folder)? FindManifest()
    {
        var found = package.Files.Where(file => IsNamed(file, "manifest.csv") && !file.Path.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
        var root = found.Find(file => !file.Path.Contains('/'));
        if (root is not null)
            return (root, "");
        if (found is not [{ } only] || only.Path.Count(letter => letter == '/') != 1)
            return null;
        Note(RosterRules.WrappingFolder, null, "Pack the files at the root of the archive.");
        return (only, only.Path[..(only.Path.IndexOf('/', StringComparison.Ordinal) + 1)]);
    }

    private (CsvManifest? Value, RosterRefusal? Refusal) ReadManifest(PackageFile file)
    {
        using var stream = new CheckedStream(package.Open(file), null, "manifest.csv", file.Length, 1 << 20);
        var read = CsvManifest.Read(stream);
        if (read.Manifest is { HeaderRepeated: true })
            Note(RosterRules.ManifestHeaderRepeated, "manifest.csv", "Write the manifest's header once.");
        return read;
    }

    private PackageFile? FindFile(CsvManifest manifest, RosterCollection collection, string folder)
    {
        var mode = manifest.ModeOf(collection);
        var name = CsvSchema.FileOf(collection);
        var file = package.Files.FirstOrDefault(file => file.Path.Equals(folder + name, StringComparison.OrdinalIgnoreCase));
        if (file is null || mode is ManifestMode.Absent or ManifestMode.Delta)
            return null;
        if (mode == ManifestMode.Unmentioned)
            Note(RosterRules.ManifestFileMissing, name, $"Add file.{CsvSchema.FileStem(collection)}=bulk to the manifest.");
        if (!file.Path.EndsWith(name, StringComparison.Ordinal))
            Note(RosterRules.FileCase, name, "Spell the file's name as the specification does.");
        return file;
    }

    private (object? Value, RosterRefusal? Refusal) LookAtHead(RosterCollection collection, PackageFile file, OneRosterVersion version)
    {
        using var stream = new CheckedStream(package.Open(file), collection, CsvSchema.FileOf(collection), file.Length, limits.FileBytes);
        using var reader = CsvReader.Create(stream, CsvParsing.Options(limits), leaveOpen: true);
        if (!reader.Read())
            return (null, new RosterRefusal(RosterFailures.ColumnMissing, $"{CsvSchema.FileOf(collection)} is empty: not even a header row."));
        CsvHeader.Bind(reader, CsvSchema.Columns(collection, version), collection, null);
        return default;
    }

    /// <summary>A file that breaks while its head is looked at is a refusal, not an exception.</summary>
    private static (T? Value, RosterRefusal? Refusal) Guarded<T>(Func<(T? Value, RosterRefusal? Refusal)> step)
        where T : class
    {
        try
        {
            return step();
        }
        catch (RosterSourceException failure)
        {
            return (null, new RosterRefusal(failure.Code, failure.Message));
        }
        catch (CsvFormatException)
        {
            return (null, new RosterRefusal(RosterFailures.QuotingBroken, "The quoting at the head of a file is broken. Export it as RFC 4180 says."));
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or NotSupportedException)
        {
            return (null, new RosterRefusal(RosterFailures.ReadFailed, "A file cannot be read. Export or upload the package again."));
        }
    }

    private static bool IsNamed(PackageFile file, string name) =>
        file.Path.AsSpan(file.Path.LastIndexOf('/') + 1).Equals(name, StringComparison.OrdinalIgnoreCase);

    private void Note(string rule, string? file, string fix) =>
        findings.Add(new RosterFinding { Rule = rule, Severity = FindingSeverity.Warning, File = file, Fix = fix });

    private static (OpenedPackage? Opened, RosterRefusal? Refusal) Refuse(string code, string text) => (null, new RosterRefusal(code, text));
}
