using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>Reads one file, record by record, into rows of the model.</summary>
internal sealed class CsvFileReader : IDisposable
{
    private readonly RosterCollection collection;
    private readonly CsvLimits limits;
    private readonly CheckedStream stream;
    private readonly CsvReader csv;
    private readonly FindingSite site;
    private readonly RowFields fields = new();
    private readonly RowBuilder builder;
    private readonly IReadOnlyList<CsvColumn> wanted;
    private CsvHeader? header;

    public CsvFileReader(
        CheckedStream stream, RosterCollection collection, OneRosterVersion version, FieldAllowList allowed, IRosterObserver observer, CsvLimits limits)
    {
        this.stream = stream;
        this.collection = collection;
        this.limits = limits;
        wanted = [.. CsvSchema.Columns(collection, version).Where(column => allowed.Allows(collection, column))];
        var names = wanted.ToDictionary(column => column.Field, column => column.Name);
        site = new FindingSite(observer, field => names.GetValueOrDefault(field, FieldCatalog.NameOf(field)))
        {
            Collection = collection,
            File = CsvSchema.FileOf(collection),
        };
        builder = new RowBuilder(collection, version, fields, site, withRoles: allowed.Allows(RosterCollection.UserRoles));
        csv = CsvReader.Create(stream, CsvParsing.Options(limits), leaveOpen: true);
    }

    /// <summary>Replaces <paramref name="rows"/> with those of the next record (none if it is dropped).</summary>
    /// <returns>False at the end of the file.</returns>
    public async ValueTask<bool> ReadAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        rows.Clear();
        try
        {
            if (header is null)
            {
                if (!await csv.ReadAsync(cancellationToken))
                    throw CsvHeader.Fail(RosterFailures.ColumnMissing, collection, "the file is empty");
                site.Line = csv.LineNumber;
                header = CsvHeader.Bind(csv, wanted, collection, site);
            }

            if (!await csv.ReadAsync(cancellationToken))
                return false;
            if (TakeFields())
                builder.Build(rows, []);
            return true;
        }
        catch (CsvFormatException failure)
        {
            throw CsvParsing.Failure(failure, collection, stream.Passed, limits);
        }
    }

    public void Dispose()
    {
        csv.Dispose();
        stream.Dispose();
    }

    /// <summary>Copies the allowed fields of the current record. False if it is no record or cannot be trusted.</summary>
    private bool TakeFields()
    {
        site.Line = csv.LineNumber;
        fields.Clear();
        if (IsBlank(0))
            return false;
        if (csv.FieldCount > header!.Count && !IsBlank(header.Count))
        {
            // A stray separator shifts every column behind it: a value could end up under an allowed name.
            site.Report(RosterRules.TooManyFields, FindingSeverity.RowDropped, (string?)null, "Quote values that hold a comma.");
            return false;
        }

        if (csv.FieldCount < header.Count)
            site.Report(RosterRules.TooFewFields, FindingSeverity.Warning, (string?)null, "Write every column, empty ones too.");
        foreach (var (column, index) in header.Columns)
        {
            if (index >= csv.FieldCount)
                continue;
            if (column.List)
                AddList(column.Field, csv.GetSpan(index));
            else
                fields.Add(column.Field, csv.GetSpan(index));
        }

        return true;
    }

    private bool IsBlank(int from)
    {
        for (var i = from; i < csv.FieldCount; i++)
            if (!csv.IsEmpty(i))
                return false;
        return true;
    }

    /// <summary>CSV binding: a list is one field, its values separated by commas.</summary>
    private void AddList(RosterField field, ReadOnlySpan<byte> list)
    {
        foreach (var range in list.Split((byte)','))
            fields.Add(field, list[range]);
    }
}
