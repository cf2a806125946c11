using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>How every file is parsed, and what the parser's failures are called.</summary>
internal static class CsvParsing
{
    /// <summary>
    /// RFC 4180, strictly. The header is read as a record like any other, because the parser would make strings of its names,
    /// and in a file that lacks a header those are a person's. For the same reason broken records end the reading instead of
    /// being reported by the parser's callback, which hands out the raw record.
    /// </summary>
    public static CsvReaderOptions Options(CsvLimits limits) => CsvReaderOptions.Default with
    {
        Separator = ',',
        HasHeader = false,
        Mode = CsvMode.Rfc4180,
        DetectSeparatorHint = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        IncludeValuesInExceptions = false,
        MaxRecordSize = limits.RecordBytes,
        TrackLineNumbers = true,
    };

    /// <summary>The parser's exception as one without its message.</summary>
    public static RosterSourceException Failure(CsvFormatException failure, RosterCollection collection, long passed, CsvLimits limits)
    {
        var tooLong = passed - failure.ByteOffset > limits.RecordBytes;
        return new RosterSourceException(
            tooLong ? RosterFailures.RecordTooLong : RosterFailures.QuotingBroken,
            collection,
            tooLong ? "a record is too long; most likely a quote is never closed" : "the quoting of a record is broken",
            offset: failure.ByteOffset,
            file: CsvSchema.FileOf(collection),
            line: failure.LineNumber > 0 ? failure.LineNumber : null);
    }
}
