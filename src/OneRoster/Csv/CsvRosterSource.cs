using System.Runtime.CompilerServices;
using OneRoster.Model;

namespace OneRoster.Csv;

/// <summary>
/// A roster in the OneRoster CSV binding, 1.1 or 1.2: a ZIP archive or a folder of bulk files. It is read in place and in
/// constant memory; one reading at a time.
/// </summary>
public sealed class CsvRosterSource : IRosterSource
{
    private const int ProgressEvery = 1000;
    private readonly OpenedPackage opened;
    private readonly CsvLimits limits;

    private CsvRosterSource(OpenedPackage opened, CsvLimits limits) => (this.opened, this.limits) = (opened, limits);

    /// <inheritdoc/>
    public OneRosterVersion Version => opened.Version;

    /// <summary>Opens an archive or folder and checks all that can be checked without reading rows.</summary>
    /// <param name="path">A ZIP archive or a folder.</param>
    /// <param name="limits">What it may cost.</param>
    /// <returns>The source, or a refusal with a code of <see cref="Validation.RosterFailures"/>.</returns>
    /// <exception cref="IOException">The file system failed; likewise <see cref="UnauthorizedAccessException"/>.</exception>
    public static RosterOpening<CsvRosterSource> Open(string path, CsvLimits limits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(limits);
        var (package, refusal) = CsvOpener.List(path, limits);
        if (package is null)
            return RosterOpening<CsvRosterSource>.Refused(refusal!);
        var (opened, refused) = new CsvOpener(package, limits).Open();
        if (opened is not null)
            return RosterOpening<CsvRosterSource>.Opened(new CsvRosterSource(opened, limits));
        package.Dispose();
        return RosterOpening<CsvRosterSource>.Refused(refused!);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RosterRow> ReadAsync(
        FieldAllowList allowed, IRosterObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        ArgumentNullException.ThrowIfNull(observer);
        foreach (var finding in opened.Findings)
            observer.Report(finding);

        var rows = new List<RosterRow>();
        foreach (var (collection, file) in opened.Files.OrderBy(file => file.Key))
        {
            if (!allowed.Allows(collection))
                continue;
            var progress = new ProgressCount(collection, allowed, observer, ProgressEvery);
            var stream = new CheckedStream(opened.Package.Open(file), collection, CsvSchema.FileOf(collection), file.Length, limits.FileBytes);
            using var reader = new CsvFileReader(stream, collection, Version, allowed, observer, limits);
            while (await reader.ReadAsync(rows, cancellationToken))
            {
                foreach (var row in rows)
                {
                    progress.Count(row);
                    yield return row;
                }
            }

            progress.Complete(withRoles: collection == RosterCollection.Users && Version == OneRosterVersion.V1P1);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        opened.Package.Dispose();
        return ValueTask.CompletedTask;
    }
}
