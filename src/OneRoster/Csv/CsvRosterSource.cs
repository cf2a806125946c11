using System.Runtime.CompilerServices;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>
/// A roster in the OneRoster CSV binding, 1.1 or 1.2: a ZIP archive or a folder of bulk and delta files. It is read in place
/// and in constant memory; one reading at a time.
/// </summary>
public sealed class CsvRosterSource : IRosterSource
{
    private const int ProgressEvery = 1000;
    private readonly OpenedPackage opened;
    private readonly CsvLimits limits;

    private CsvRosterSource(OpenedPackage opened, CsvLimits limits) => (this.opened, this.limits) = (opened, limits);

    /// <inheritdoc/>
    public OneRosterVersion Version => opened.Version;

    /// <inheritdoc/>
    public bool RolesComeWithUsers => Version == OneRosterVersion.V1P1;

    /// <inheritdoc/>
    public RosterExtent ExtentOf(RosterCollection collection)
    {
        // 1.1 keeps roles in the file of users.
        var file = collection == RosterCollection.UserRoles && Version == OneRosterVersion.V1P1 ? RosterCollection.Users : collection;
        return opened.Files.TryGetValue(file, out var found) ? found.Extent : RosterExtent.Absent;
    }

    /// <summary>Opens an archive or folder and checks all that can be checked without reading rows.</summary>
    /// <param name="path">A ZIP archive or a folder.</param>
    /// <param name="limits">What it may cost.</param>
    /// <returns>The source, or a refusal with a code of <see cref="RosterFailures"/>.</returns>
    /// <exception cref="IOException">The file system failed; likewise <see cref="UnauthorizedAccessException"/>.</exception>
    public static RosterOpening<CsvRosterSource> Open(string path, CsvLimits limits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(limits);
        var (package, refusal) = CsvOpener.List(path, limits);
        if (package is null)
            return RosterOpening<CsvRosterSource>.Refused(refusal!);
        var (opened, refused) = CsvOpener.Open(package, limits);
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
            await using var reader = new CsvFileReader(OpenFile(collection, file.File), collection, Version, file.Extent, allowed, observer, limits);
            while (await reader.ReadAsync(rows, cancellationToken))
            {
                progress.Expected = Estimate(reader.Records, reader.BytesPassed, file.File.Length);
                foreach (var row in rows)
                {
                    progress.Count(row);
                    yield return row;
                }
            }

            progress.Complete(withRoles: collection == RosterCollection.Users && Version == OneRosterVersion.V1P1);
        }
    }

    /// <summary>By the bytes passed so far; the parser is up to a buffer ahead of the rows, so that it starts low.</summary>
    private static long Estimate(long rows, long passed, long length) => passed == 0 ? rows : Math.Max(rows, (long)((double)rows * length / passed));

    /// <summary>A file that was there when the package was opened may be gone; the system's message would name its path.</summary>
    private CheckedStream OpenFile(RosterCollection collection, PackageFile file)
    {
        var name = CsvSchema.FileOf(collection);
        try
        {
            return new CheckedStream(opened.Package.Open(file), collection, name, file, limits.FileBytes);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new RosterSourceException(RosterFailures.ReadFailed, collection, "the file cannot be opened any more", file: name);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        opened.Package.Dispose();
        return ValueTask.CompletedTask;
    }
}
