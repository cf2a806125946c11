using OneRoster.Csv;
using OneRoster.Model;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Checks;

/// <summary>Holds the manifest against the files that are there. What no roster needs is noted by its name and never opened.</summary>
internal static class ManifestChecks
{
    private const string Own = "manifest.csv";

    public static void Run(CsvPackage package, PackageSurvey survey, CsvManifest manifest, FindingLedger ledger)
    {
        if (manifest.HeaderMissing)
            ledger.Add(R.ManifestHeaderMissing, Own);
        if (manifest.VersionMissing)
            ledger.Add(R.ManifestVersionMissing, Own);
        if (manifest.HasDelta || survey.Files.Values.Any(file => file.Extent == RosterExtent.Changes))
            ledger.Add(R.ReferencesUnchecked, null);

        var needed = CsvSchema.Files(manifest.Version).Select(CsvSchema.FileStem).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (stem, _) in CsvSchema.AllStems)
        {
            var there = package.Files.Any(file => file.Path.Equals($"{survey.Folder}{stem}.csv", StringComparison.OrdinalIgnoreCase));
            var mode = manifest.ModeOf(stem);
            if (there && mode == ManifestMode.Absent)
                ledger.Add(R.FileDeclaredAbsent, stem + ".csv");
            if (there && !needed.Contains(stem))
                ledger.Add(R.FileUnneeded, stem + ".csv");
            if (!there && !needed.Contains(stem) && mode is ManifestMode.Bulk or ManifestMode.Delta)
                ledger.Add(R.OptionalFileMissing, stem + ".csv");
        }

        foreach (var file in package.Files)
            if (!IsKnown(file.Path, survey.Folder))
                ledger.Add(R.FileUnknown, null);
    }

    private static bool IsKnown(string path, string folder)
    {
        // What macOS packs along by itself is nobody's doing.
        if (path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path.EndsWith(".DS_Store", StringComparison.Ordinal))
            return true;
        return path.Equals(folder + Own, StringComparison.OrdinalIgnoreCase)
            || CsvSchema.AllStems.Any(stem => path.Equals($"{folder}{stem.Name}.csv", StringComparison.OrdinalIgnoreCase));
    }
}
