using System.Buffers;

namespace Gateway.Privacy.Rights;

/// <summary>PostgreSQL's CSV as RFC 4180 has it: records end in CRLF. A line break within quotes is part of a value and stays.</summary>
internal static class CsvRecords
{
    /// <returns>How many records there were behind the names.</returns>
    public static async Task<long> CopyAsync(TextReader from, TextWriter to, CancellationToken cancellation)
    {
        var buffer = ArrayPool<char>.Shared.Rent(32 * 1024);
        var (lines, quoted) = (0L, false);
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            var begin = 0;
            for (var i = 0; i < read; i++)
            {
                // A doubled quote closes and opens again.
                if (buffer[i] == '"')
                    quoted = !quoted;
                if (buffer[i] != '\n' || quoted)
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
