using System.Globalization;
using System.Text;

namespace Samples.Sis.Export;

/// <summary>One file of the export: its header and its rows, made one at a time.</summary>
internal sealed record CsvFile(string Name, string Header, Func<Roster, IEnumerable<string?[]>> Rows)
{
    public async Task WriteAsync(Stream stream, Roster roster, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024);
        await writer.WriteAsync((Header + "\r\n").AsMemory(), cancel);
        var line = new StringBuilder();
        foreach (string?[] row in Rows(roster))
        {
            line.Clear();
            for (int i = 0; i < row.Length; i++)
            {
                if (i > 0)
                    line.Append(',');
                AppendField(line, row[i]);
            }
            await writer.WriteAsync(line.Append("\r\n"), cancel);
        }
    }

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // RFC 4180; OneRoster asks for quotes only where they are needed.
    private static void AppendField(StringBuilder line, string? value)
    {
        if (value is null)
            return;
        if (value.AsSpan().IndexOfAny(",\"\r\n") < 0)
            line.Append(value);
        else
            line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
