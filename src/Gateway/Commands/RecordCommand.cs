using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>privacy record</c></summary>
internal static class RecordCommand
{
    public static Command Record() => new Command("record", "The record of processing: what is read, kept, given and deleted.").Runs(invocation =>
    {
        var record = ProcessingRecord.Of(invocation.Get<PrivacyPolicy>());
        return Task.FromResult(invocation.Output.Done(record, LinesOf(record)));
    });

    private static IEnumerable<string> LinesOf(ProcessingRecord record) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"privacy policy version {record.Version}, last updated {record.LastUpdated:O}"),
        .. record.Kept.Select(table => $"  {table.About,-8} {table.Table,-18} {table.Title}; deleted {string.Join("; ", table.Deleted.Select(until => until.When))}"),
        .. record.Read.Select(field => $"  {field.Source,-8} {field.Field,-32} {field.Purpose}; for {field.Recipient}"),
        $"never read: {string.Join(", ", record.Never)}",
    ];
}
