using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>Looks at the records of a file beside the reader: at columns that it does not read, as bytes.</summary>
internal interface IRecordInspector
{
    /// <summary>Looks at the header. False if the file cannot be read.</summary>
    bool TakeHeader(CsvReader header, FindingSite site);

    /// <summary>Looks at a record, of which <paramref name="fields"/> are the allowed ones.</summary>
    void TakeRecord(CsvReader record, RowFields fields, FindingSite site);
}

/// <summary>Reads one file, record by record, into rows of the model.</summary>
internal sealed class CsvFileReader : IAsyncDisposable
{
    private const int Batch = 64;
    private readonly RosterCollection collection;
    private readonly CsvLimits limits;
    private readonly RosterExtent extent;
    private readonly ReadAheadStream stream;
    private readonly CsvReader csv;
    private readonly FindingSite site;
    private readonly RowFields fields = new();
    private readonly RowBuilder builder;
    private readonly IReadOnlyList<CsvColumn> wanted;
    private readonly IRecordInspector? inspector;
    private CsvHeader? header;
    private bool ended;

    public CsvFileReader(
        CheckedStream stream, RosterCollection collection, OneRosterVersion version, RosterExtent extent, FieldAllowList allowed,
        IRosterObserver observer, CsvLimits limits, IRecordInspector? inspector = null)
    {
        this.stream = new ReadAheadStream(stream);
        this.collection = collection;
        this.limits = limits;
        this.extent = extent;
        this.inspector = inspector;
        wanted = [.. CsvSchema.Columns(collection, version).Where(column => allowed.Allows(collection, column))];
        var names = wanted.ToDictionary(column => column.Field, column => column.Name);
        site = new FindingSite(observer, field => names.GetValueOrDefault(field, FieldCatalog.NameOf(field)))
        {
            Collection = collection,
            File = CsvSchema.FileOf(collection),
        };
        builder = new RowBuilder(collection, version, fields, site, withRoles: allowed.Allows(RosterCollection.UserRoles));
        csv = CsvReader.Create(this.stream, CsvParsing.Options(limits), leaveOpen: true);
    }

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>The line in which the current record begins.</summary>
    public long Line => site.Line ?? 0;

    /// <summary>Whether the header could be bound.</summary>
    public bool IsReadable => header is not null;

    /// <summary>Bytes that the parser has taken in so far.</summary>
    public long BytesPassed => stream.Passed;

    /// <summary>Replaces <paramref name="rows"/> with those of the next records (none if all of them are dropped).</summary>
    /// <returns>False at the end of the file.</returns>
    public async ValueTask<bool> ReadAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        rows.Clear();
        var read = 0;
        while (read < Batch && await ReadRecordAsync(rows, cancellationToken))
            read++;
        return read > 0;
    }

    /// <summary>Appends the rows of the next record (none if it is dropped).</summary>
    /// <returns>False at the end of the file.</returns>
    public async ValueTask<bool> ReadRecordAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            if (header is null && !await ReadHeaderAsync(cancellationToken))
                return false;
            if (ended || !await csv.ReadAsync(cancellationToken))
            {
                ended = true;
                return false;
            }

            if (TakeFields())
                builder.Build(rows, []);
            return true;
        }
        catch (CsvFormatException failure)
        {
            throw CsvParsing.Failure(failure, collection, stream.Passed, limits);
        }
    }

    public async ValueTask DisposeAsync()
    {
        csv.Dispose();
        await stream.DisposeAsync();
    }

    /// <summary>Binds the header; an inspector says about it what there is to say, and may find that the file cannot be read.</summary>
    private async ValueTask<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await csv.ReadAsync(cancellationToken))
            throw CsvHeader.Fail(RosterFailures.ColumnMissing, collection, "the file is empty");
        site.Line = csv.LineNumber;
        if (inspector?.TakeHeader(csv, site) is false)
            return false;
        header = CsvHeader.Bind(csv, wanted, collection, inspector is null ? site : null);
        return true;
    }

    /// <summary>Copies the allowed fields of the current record. False if it is no record or cannot be trusted.</summary>
    private bool TakeFields()
    {
        site.Line = csv.LineNumber;
        fields.Clear();
        if (IsBlank(0))
            return false;
        Records++;
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

        if (extent == RosterExtent.Changes)
            CheckChange();
        inspector?.TakeRecord(csv, fields, site);
        return true;
    }

    /// <summary>CSV binding: a row of changes says what became of the record, and when. Of the date only that there is one is looked at.</summary>
    private void CheckChange()
    {
        if (fields.Count(RosterField.Status) == 0)
            site.Report(RosterRules.ChangeWithoutStatus, FindingSeverity.Warning, "status", "Write active or tobedeleted in each row of a delta file.");
        if (header!.DateModified is not { } date || date >= csv.FieldCount || csv.IsEmpty(date))
            site.Report(RosterRules.ChangeWithoutDate, FindingSeverity.Warning, "dateLastModified", "Write the time of the change in each row of a delta file.");
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
