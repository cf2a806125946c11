using System.Buffers;

namespace Gateway.Privacy.Rights;

/// <summary>
/// PostgreSQL's CSV as RFC 4180 has it: records end in CRLF. A line break within quotes is part of a value and stays. Cells that a
/// spreadsheet would take for a formula are marked (<see cref="CsvCell"/>).
/// </summary>
internal static class CsvRecords
{
    /// <returns>How many records there were behind the names.</returns>
    public static async Task<long> CopyAsync(TextReader from, TextWriter to, CancellationToken cancellation)
    {
        var buffer = ArrayPool<char>.Shared.Rent(32 * 1024);
        // At the start of a cell, also behind the quote that opens it.
        var (lines, quoted, starts) = (0L, false, true);
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            var begin = 0;
            for (var i = 0; i < read; i++)
            {
                var letter = buffer[i];
                var opens = letter == '"' && starts && !quoted;
                if (starts && !opens && letter != '"' && CsvCell.NeedsMark(letter) && (quoted || letter != '\n'))
                {
                    await to.WriteAsync(buffer.AsMemory(begin, i - begin), cancellation);
                    await to.WriteAsync(CsvCell.Mark);
                    begin = i;
                }

                // A doubled quote closes and opens again.
                if (letter == '"')
                    quoted = !quoted;
                starts = opens || (!quoted && letter is ',' or '\n');
                if (letter != '\n' || quoted)
                    continue;
                await to.WriteAsync(buffer.AsMemory(begin, i - begin), cancellation);
                await to.WriteAsync("\r\n".AsMemory(), cancellation);
                (begin, lines) = (i + 1, lines + 1);
            }

            await to.WriteAsync(buffer.AsMemory(begin, read - begin), cancellation);
        }

        ArrayPool<char>.Shared.Return(buffer);
        return lines - 1;
    }
}
