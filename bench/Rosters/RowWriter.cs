using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Bench.Rosters;

/// <summary>Interpolated text as UTF-8 into a stream, without a string for each row: a roster of a million has tens of millions.</summary>
internal sealed class RowWriter(Stream stream) : IDisposable
{
    private readonly byte[] buffer = new byte[1 << 16];
    private int used;

    public void Row([InterpolatedStringHandlerArgument("")] Text row)
    {
        // The handler has written it.
        _ = row;
    }

    public void Dispose()
    {
        stream.Write(buffer, 0, used);
        stream.Dispose();
    }

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - used < bytes)
        {
            stream.Write(buffer, 0, used);
            used = 0;
        }

        return buffer.AsSpan(used);
    }

    /// <summary>Formats into its writer.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Text
    {
        private const int LongestValue = 64;
        private readonly RowWriter writer;

        public Text(int literal, int values, RowWriter writer)
        {
            _ = (literal, values);
            this.writer = writer;
        }

        public void AppendLiteral(string text) => AppendFormatted(text);

        public void AppendFormatted(string text) => Written(Encoding.UTF8.GetBytes(text, writer.Room(text.Length * 3)));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IUtf8SpanFormattable
        {
            value.TryFormat(writer.Room(LongestValue), out var written, format, CultureInfo.InvariantCulture);
            Written(written);
        }

        // On a line of its own: making room changes what is used.
        private void Written(int bytes) => writer.used += bytes;
    }
}
