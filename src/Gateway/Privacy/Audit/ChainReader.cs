using System.Buffers.Binary;
using System.Globalization;
using Npgsql;

namespace Gateway.Privacy.Audit;

/// <summary>
/// Reads a chain in the order of its numbers, as the bytes of PostgreSQL's binary COPY: a million entries pass through one buffer, and
/// no text of them is made.
/// </summary>
internal sealed class ChainReader(Stream copy) : IAsyncDisposable
{
    // PGCOPY\n\377\r\n\0, flags, length of an extension that there is not.
    private const int Header = 11 + 4 + 4;
    private const int Fields = 7;
    private readonly int[] starts = new int[Fields];
    private readonly int[] lengths = new int[Fields];
    private byte[] buffer = new byte[256 * 1024];
    private int begin;
    private int end;
    private bool open;

    public long Sequence => BinaryPrimitives.ReadInt64BigEndian(Field(0));

    /// <summary>Microseconds since 2000.</summary>
    public long At => BinaryPrimitives.ReadInt64BigEndian(Field(1));

    public ReadOnlySpan<byte> Actor => Field(2);

    public ReadOnlySpan<byte> Action => Field(3);

    public ReadOnlySpan<byte> Details => Field(4);

    public ReadOnlySpan<byte> Previous => Field(5);

    public ReadOnlySpan<byte> Hash => Field(6);

    /// <summary>On a connection that sees the chain.</summary>
    public static async Task<ChainReader> OpenAsync(NpgsqlConnection connection, int chain, CancellationToken cancellation)
    {
        var sql = string.Create(CultureInfo.InvariantCulture, $"""
            copy (select sequence, at, actor, action, details, previous, hash from gateway.audit_entry where district_id = {chain} order by sequence)
            to stdout (format binary)
            """);
        return new ChainReader(await connection.BeginRawBinaryCopyAsync(sql, cancellation));
    }

    /// <summary>False at the end of the chain.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        if (!open)
        {
            await NeedAsync(Header, cancellation);
            begin += Header;
            open = true;
        }

        await NeedAsync(2, cancellation);
        if (BinaryPrimitives.ReadInt16BigEndian(buffer.AsSpan(begin)) < 0)
            return false;
        var length = 2;
        for (var field = 0; field < Fields; field++)
        {
            await NeedAsync(length + 4, cancellation);
            lengths[field] = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(begin + length));
            starts[field] = length + 4;
            length += 4 + lengths[field];
        }

        await NeedAsync(length, cancellation);
        // Where the fields are is known only now: what was read meanwhile may have moved them.
        for (var field = 0; field < Fields; field++)
            starts[field] += begin;
        begin += length;
        return true;
    }

    public ValueTask DisposeAsync() => copy.DisposeAsync();

    private ReadOnlySpan<byte> Field(int field) => buffer.AsSpan(starts[field], lengths[field]);

    private ValueTask NeedAsync(int bytes, CancellationToken cancellation) =>
        end - begin >= bytes ? ValueTask.CompletedTask : FillAsync(bytes, cancellation);

    private async ValueTask FillAsync(int bytes, CancellationToken cancellation)
    {
        var target = bytes <= buffer.Length ? buffer : new byte[int.Max(bytes, buffer.Length * 2)];
        buffer.AsSpan(begin, end - begin).CopyTo(target);
        (buffer, end, begin) = (target, end - begin, 0);
        while (end < bytes)
        {
            var read = await copy.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read > 0 ? read : throw new EndOfStreamException("The copy of an audit chain ended before its end.");
        }
    }
}
