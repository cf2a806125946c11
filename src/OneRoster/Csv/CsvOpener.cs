using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A package that may be read, and what was noticed on the way.</summary>
internal sealed record OpenedPackage(
    CsvPackage Package, OneRosterVersion Version, IReadOnlyDictionary<RosterCollection, CsvFile> Files, IReadOnlyList<RosterFinding> Findings);

/// <summary>
/// The steps from a path to a package that may be read, in order: list it, survey it, look at the head of each file. The first that fails
/// is the refusal.
/// </summary>
internal static class CsvOpener
{
    public static (CsvPackage? Package, RosterRefusal? Refusal) List(string path, CsvLimits limits)
    {
        if (LinklessFiles.IsLink(path))
            return (null, new RosterRefusal(RosterFailures.Link, "The path leads to a link. Name the archive or the folder itself."));
        if (Directory.Exists(path))
            return FolderPackage.Open(path, limits);
        return File.Exists(path)
            ? ZipPackage.Open(path, limits)
            : (null, new RosterRefusal(RosterFailures.NotFound, "There is no file or folder at the given path."));
    }

    public static (OpenedPackage? Opened, RosterRefusal? Refusal) Open(CsvPackage package, CsvLimits limits)
    {
        var survey = PackageSurvey.Of(package, limits);
        if (survey.Problems is [var first, ..])
            return (null, first.ToRefusal());
        foreach (var (collection, file) in survey.Files)
            if (PackageSurvey.Guard(CsvSchema.FileOf(collection), () => LookAtHead(package, collection, file.File, survey.Manifest!.Version, limits)) is { } problem)
                return (null, problem.ToRefusal());
        return (new OpenedPackage(package, survey.Manifest!.Version, survey.Files, survey.Findings), null);
    }

    private static PackageProblem? LookAtHead(CsvPackage package, RosterCollection collection, PackageFile file, OneRosterVersion version, CsvLimits limits)
    {
        using var stream = new CheckedStream(package.Open(file), collection, CsvSchema.FileOf(collection), file, limits.FileBytes);
        using var reader = CsvReader.Create(stream, CsvParsing.Options(limits), leaveOpen: true);
        if (!reader.Read())
            return new PackageProblem(RosterFailures.ColumnMissing, $"{CsvSchema.FileOf(collection)} is empty: not even a header row.");
        CsvHeader.Bind(reader, CsvSchema.Columns(collection, version), collection, null);
        return null;
    }
}
