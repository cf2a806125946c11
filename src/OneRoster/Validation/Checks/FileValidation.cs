using OneRoster.Csv;
using OneRoster.Model;

namespace OneRoster.Validation.Checks;

/// <summary>Reads one file of a package as a reader would, and checks each record. A file that breaks off is a finding, and the next file is read.</summary>
internal sealed class FileValidation(
    CsvPackage package, RosterCollection collection, CsvFile file, OneRosterVersion version, CsvLimits limits, FieldAllowList allowed,
    FindingLedger ledger, RowChecks checks)
{
    private readonly string name = CsvSchema.FileOf(collection);

    /// <summary>Checks the file.</summary>
    /// <returns>How many records were read.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        long records = 0;
        try
        {
            var inspection = new RecordInspection(collection, version, checks);
            using var stream = new CheckedStream(package.Open(file.File), collection, name, file.File, limits.FileBytes);
            await using var reader = new CsvFileReader(stream, collection, version, file.Extent, allowed, ledger, limits, inspection);
            var rows = new List<RosterRow>();
            while (await reader.ReadRecordAsync(rows, cancellationToken))
            {
                records = reader.Records;
                if (rows.Count == 0)
                    checks.TakeBroken(collection, inspection.Id);
                foreach (var row in rows)
                    checks.Take(row, inspection.Id, reader.Line);
                rows.Clear();
                inspection.Forget();
            }

            Complete(reader.IsReadable, records);
        }
        catch (RosterSourceException failure)
        {
            ledger.Add(failure.Code, failure.File ?? name, failure.Line);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            ledger.Add(RosterFailures.ReadFailed, name);
        }

        return records;
    }

    private void Complete(bool readable, long records)
    {
        if (!readable)
            return;
        if (file.Extent == RosterExtent.Full)
            checks.Complete(collection);
        var mustHaveRows = file.Extent == RosterExtent.Full
            && collection is RosterCollection.Orgs or RosterCollection.Classes or RosterCollection.Users or RosterCollection.Enrollments;
        if (records == 0 && !mustHaveRows)
            ledger.Add(RosterRules.FileWithoutRows, name);
    }
}
