using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Validation.Checks;

namespace OneRoster.Validation;

/// <summary>
/// Checks a OneRoster CSV package, 1.1 or 1.2, by every rule of <see cref="RosterRuleCatalogue"/> that CSV can break, and goes on after an
/// error wherever the rest can be judged. It reads rows by the same code as <see cref="CsvRosterSource"/>. Columns with personal data are
/// looked at as bytes (filled or not) and never become text; ids are held as 64-bit hashes: at most 350 bytes for a
/// student with seven enrollments.
/// </summary>
public sealed class RosterValidator(ValidationOptions options)
{
    /// <summary>What is read: ids, types, dates and references. Names and titles are looked at as bytes only.</summary>
    private static readonly FieldAllowList Read = FieldAllowList.Create(
        from collection in Enum.GetValues<RosterCollection>()
        from field in FieldCatalog.Required(collection).Concat(FieldCatalog.Optional(collection))
        where field is not (RosterField.Name or RosterField.Title or RosterField.Subjects or RosterField.Grades or RosterField.Identifier)
        select (collection, FieldCatalog.NameOf(field)));

    /// <summary>Checks a ZIP archive or a folder.</summary>
    /// <param name="path">The archive or folder.</param>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <returns>The findings; also when the package cannot be opened at all.</returns>
    /// <exception cref="IOException">The file system failed; likewise <see cref="UnauthorizedAccessException"/>.</exception>
    public async Task<ValidationReport> ValidateAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var ledger = new FindingLedger(options.MostPerRule);
        var (package, refusal) = CsvOpener.List(path, options.Limits);
        if (package is null)
        {
            ledger.Add(refusal!.Code, null, fix: refusal.Text);
            return Report(ledger, null, []);
        }

        using (package)
            return await ValidateAsync(package, ledger, cancellationToken);
    }

    private async Task<ValidationReport> ValidateAsync(CsvPackage package, FindingLedger ledger, CancellationToken cancellationToken)
    {
        var survey = PackageSurvey.Of(package, options.Limits);
        foreach (var problem in survey.Problems)
            ledger.Add(problem.Code, problem.File, problem.Line);
        foreach (var finding in survey.Findings)
            ((IRosterObserver)ledger).Report(finding);
        if (survey.Manifest is not { } manifest)
            return Report(ledger, null, []);
        ManifestChecks.Run(package, survey, manifest, ledger);

        var files = new List<ValidatedFile>();
        if (survey.Problems.Any(problem => problem.Code == RosterFailures.TooLarge))
            return Report(ledger, manifest.Version, files);
        var known = new KnownRows();
        var checks = new RowChecks(ledger, known, manifest.Version, DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime));
        foreach (var (collection, file) in survey.Files.OrderBy(file => file.Key))
        {
            var reading = new FileValidation(package, collection, file, manifest.Version, options.Limits, Read, ledger, checks);
            files.Add(new ValidatedFile(CsvSchema.FileOf(collection), file.Extent, await reading.RunAsync(cancellationToken)));
        }

        new ClosingChecks(ledger, known, checks, manifest.Version).Run();
        return Report(ledger, manifest.Version, files);
    }

    private static ValidationReport Report(FindingLedger ledger, OneRosterVersion? version, IReadOnlyList<ValidatedFile> files) =>
        new() { Version = version, Files = files, Findings = ledger.Findings, Counts = ledger.Counts };
}
