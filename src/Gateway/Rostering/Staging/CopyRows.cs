using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Gateway.Rostering.Staging;

/// <summary>
/// Rows in PostgreSQL's binary COPY format, written straight into one buffer. The driver's importer takes and awaits one value at a
/// time, which for a roster's tens of millions of values costs more than the database does.
/// </summary>
internal sealed class CopyRows
{
    private const int UuidType = 2950;
    private const int TextType = 25;
    private static readonly int Epoch = new DateOnly(2000, 1, 1).DayNumber;

    // PostgreSQL documentation, COPY, binary format: signature, flags, length of the extension.
    private static readonly byte[] Header = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private byte[] buffer = new byte[1 << 16];
    private int used;

    public CopyRows() => Clear();

    /// <summary>The rows since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The rows themselves, without what frames them.</summary>
    public ReadOnlySpan<byte> Rows => buffer.AsSpan(Header.Length, used - Header.Length);

    public void Clear()
    {
        Header.CopyTo(buffer, 0);
        (used, Count) = (Header.Length, 0);
    }

    /// <summary>Begins a row of so many columns, which follow in order.</summary>
    public CopyRows Row(short columns)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), columns);
        Count++;
        return this;
    }

    public CopyRows Uuid(Guid value)
    {
        Int(16);
        value.TryWriteBytes(Take(16), bigEndian: true, out _);
        return this;
    }

    public CopyRows Uuid(Guid? value) => value is { } known ? Uuid(known) : Null();

    public CopyRows Short(short value)
    {
        Int(2);
        BinaryPrimitives.WriteInt16BigEndian(Take(2), value);
        return this;
    }

    public CopyRows Boolean(bool value)
    {
        Int(1);
        Take(1)[0] = value ? (byte)1 : (byte)0;
        return this;
    }

    public CopyRows Date(DateOnly? value)
    {
        if (value is not { } day)
            return Null();
        Int(4);
        Int(day.DayNumber - Epoch);
        return this;
    }

    public CopyRows Text(string? value)
    {
        if (value is null)
            return Null();
        var length = Encoding.UTF8.GetByteCount(value);
        Int(length);
        Encoding.UTF8.GetBytes(value, Take(length));
        return this;
    }

    public CopyRows Uuids(Guid[] values)
    {
        var length = BeginArray(UuidType, values.Length);
        foreach (var value in values)
            Uuid(value);
        EndArray(length);
        return this;
    }

    public CopyRows Texts(string[]? values)
    {
        if (values is null)
            return Null();
        var length = BeginArray(TextType, values.Length);
        foreach (var value in values)
            Text(value);
        EndArray(length);
        return this;
    }

    /// <summary>Sends the rows with one COPY.</summary>
    /// <param name="connection">Where nothing else is under way.</param>
    /// <param name="copy"><c>copy … from stdin (format binary)</c> with as many columns as the rows have.</param>
    /// <param name="cancellation">Stops the sending; the connection is of no use then.</param>
    public async Task SendAsync(NpgsqlConnection connection, string copy, CancellationToken cancellation)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancellation);
        await stream.WriteAsync(buffer.AsMemory(0, used), cancellation);
    }

    private CopyRows Null()
    {
        Int(-1);
        return this;
    }

    private void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    // array_send: dimensions, whether there are nulls, type of the elements; then the one dimension's length and lower bound.
    private int BeginArray(int type, int length)
    {
        var at = used;
        Int(0);
        Int(length == 0 ? 0 : 1);
        Int(0);
        Int(type);
        if (length > 0)
        {
            Int(length);
            Int(1);
        }

        return at;
    }

    private void EndArray(int at) => BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), used - at - 4);

    private Span<byte> Take(int bytes)
    {
        if (buffer.Length - used < bytes)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + bytes));
        var taken = buffer.AsSpan(used, bytes);
        used += bytes;
        return taken;
    }
}
