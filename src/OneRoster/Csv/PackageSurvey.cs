using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A file that can be read, and how much of its collection it holds.</summary>
internal sealed record CsvFile(PackageFile File, RosterExtent Extent);

/// <summary>Something that stands against reading a package.</summary>
internal sealed record PackageProblem(string Code, string Text, string? File = null, long? Line = null)
{
    public RosterRefusal ToRefusal() => new(Code, Text);
}

/// <summary>
/// What a package holds, found without reading a row: the manifest, the files that it promises, what is there besides, and every problem.
/// A reader stops at the first problem, a validator tells all.
/// </summary>
internal sealed class PackageSurvey
{
    private readonly CsvPackage package;
    private readonly CsvLimits limits;
    private readonly List<PackageProblem> problems = [];
    private readonly List<RosterFinding> findings = [];
    private readonly Dictionary<RosterCollection, CsvFile> files = [];

    private PackageSurvey(CsvPackage package, CsvLimits limits) => (this.package, this.limits) = (package, limits);

    /// <summary>Null when there is no manifest that can be read: then there is a problem.</summary>
    public CsvManifest? Manifest { get; private set; }

    /// <summary>Where the files are: empty for the root, else a folder with its slash.</summary>
    public string Folder { get; private set; } = "";

    public IReadOnlyDictionary<RosterCollection, CsvFile> Files => files;

    public IReadOnlyList<PackageProblem> Problems => problems;

    public IReadOnlyList<RosterFinding> Findings => findings;

    public static PackageSurvey Of(CsvPackage package, CsvLimits limits)
    {
        var survey = new PackageSurvey(package, limits);
        survey.Look();
        return survey;
    }

    private void Look()
    {
        if (FindManifest() is not { } manifestFile)
        {
            problems.Add(new PackageProblem(RosterFailures.ManifestMissing, "There is no manifest.csv. Export a OneRoster 1.1 or 1.2 package with its manifest."));
            return;
        }

        if (Guard("manifest.csv", () => ReadManifest(manifestFile)) is { } broken)
            problems.Add(broken);
        if (Manifest is null)
            return;

        foreach (var collection in CsvSchema.Files(Manifest.Version))
            Place(Manifest, collection);
        if (files.Values.Any(file => file.File.Length > limits.FileBytes) || files.Values.Sum(file => file.File.Length) > limits.TotalBytes)
            problems.Add(new PackageProblem(RosterFailures.TooLarge, "The files are larger than allowed. Raise the limit if the roster is that large."));
    }

    /// <summary>A file that breaks while its head is looked at is a problem, not an exception.</summary>
    public static PackageProblem? Guard(string file, Func<PackageProblem?> step)
    {
        try
        {
            return step();
        }
        catch (RosterSourceException failure)
        {
            return new PackageProblem(failure.Code, failure.Message, file, failure.Line);
        }
        catch (CsvFormatException failure)
        {
            return new PackageProblem(
                RosterFailures.QuotingBroken, "The quoting at the head of a file is broken. Export it as RFC 4180 says.", file, failure.LineNumber > 0 ? failure.LineNumber : null);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return new PackageProblem(RosterFailures.ReadFailed, "A file cannot be read. Export or upload the package again.", file);
        }
    }

    /// <summary>At the root, or in the only folder that has one.</summary>
    private PackageFile? FindManifest()
    {
        var found = package.Files.Where(file => IsNamed(file, "manifest.csv") && !file.Path.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
        var root = found.Find(file => !file.Path.Contains('/'));
        if (root is not null)
            return root;
        if (found is not [{ } only] || only.Path.Count(letter => letter == '/') != 1)
            return null;
        Note(RosterRules.WrappingFolder, null, "Pack the files at the root of the archive.");
        Folder = only.Path[..(only.Path.IndexOf('/', StringComparison.Ordinal) + 1)];
        return only;
    }

    private PackageProblem? ReadManifest(PackageFile file)
    {
        using var stream = new CheckedStream(package.Open(file), null, "manifest.csv", file, 1 << 20);
        var (manifest, refusal) = CsvManifest.Read(stream);
        Manifest = manifest;
        if (manifest is { HeaderRepeated: true })
            Note(RosterRules.ManifestHeaderRepeated, "manifest.csv", "Write the manifest's header once.");
        return refusal is null ? null : new PackageProblem(refusal.Code, refusal.Text, "manifest.csv");
    }

    /// <summary>
    /// Finds the file of a collection. In a package of whole files each has to be there: a missing one would read as an empty collection.
    /// Beside a delta file, what is absent is as it was.
    /// </summary>
    private void Place(CsvManifest manifest, RosterCollection collection)
    {
        var mode = manifest.ModeOf(collection);
        var name = CsvSchema.FileOf(collection);
        var file = package.Files.FirstOrDefault(file => file.Path.Equals(Folder + name, StringComparison.OrdinalIgnoreCase));
        if (mode == ManifestMode.Absent || (mode == ManifestMode.Unmentioned && file is null))
        {
            if (!manifest.HasDelta)
                problems.Add(new PackageProblem(RosterFailures.RequiredFileMissing, $"{name} is missing or marked absent. Export it in bulk.", name));
            return;
        }

        if (file is null)
        {
            problems.Add(new PackageProblem(RosterFailures.RequiredFileMissing, $"{name} is missing, though the manifest promises it. Export the package again.", name));
            return;
        }

        if (mode == ManifestMode.Unmentioned)
            Note(RosterRules.ManifestFileMissing, name, $"Add file.{CsvSchema.FileStem(collection)}=bulk, or =delta, to the manifest.");
        if (!file.Path.EndsWith(name, StringComparison.Ordinal))
            Note(RosterRules.FileCase, name, "Spell the file's name as the specification does.");

        // Beside delta files, one that is not mentioned may be either; taken for changes it removes nobody.
        var changes = mode == ManifestMode.Delta || (mode == ManifestMode.Unmentioned && manifest.HasDelta);
        files[collection] = new CsvFile(file, changes ? RosterExtent.Changes : RosterExtent.Full);
    }

    private static bool IsNamed(PackageFile file, string name) =>
        file.Path.AsSpan(file.Path.LastIndexOf('/') + 1).Equals(name, StringComparison.OrdinalIgnoreCase);

    private void Note(string rule, string? file, string fix) =>
        findings.Add(new RosterFinding { Rule = rule, Severity = FindingSeverity.Warning, File = file, Fix = fix });
}
