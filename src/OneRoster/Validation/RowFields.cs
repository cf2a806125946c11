using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>
/// The allowed fields of one record as UTF-8, copied out of the reader's buffer and used again for the next record, so that
/// both bindings are checked by the same code and no value becomes a string before it is known to be kept.
/// </summary>
internal sealed class RowFields
{
    private static readonly int Fields = Enum.GetValues<RosterField>().Length;

    // Values in the order of arrival; of each field the first and the last, the ones between chained.
    private readonly (int First, int Last, int Count)[] fields = new (int, int, int)[Fields];
    private (int Start, int Length, int Next)[] values = new (int, int, int)[16];
    private byte[] data = new byte[512];
    private int filled;
    private int used;

    public void Clear()
    {
        Array.Clear(fields);
        filled = 0;
        used = 0;
    }

    /// <summary>Adds a value; a list field has several. Empty values count as absent.</summary>
    public void Add(RosterField field, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;
        value.CopyTo(Reserve(value.Length));
        Commit(field, value.Length);
    }

    /// <summary>Room to decode up to <paramref name="length"/> bytes into; <see cref="Commit"/> keeps what was written.</summary>
    public Span<byte> Reserve(int length)
    {
        if (data.Length - used < length)
            Array.Resize(ref data, Math.Max(data.Length * 2, used + length));
        return data.AsSpan(used, length);
    }

    public void Commit(RosterField field, int length)
    {
        var (start, end) = (used, used + length);
        while (start < end && IsBlank(data[start]))
            start++;
        while (start < end && IsBlank(data[end - 1]))
            end--;
        if (start == end)
            return;
        if (filled == values.Length)
            Array.Resize(ref values, values.Length * 2);
        ref var known = ref fields[(int)field];
        if (known.Count == 0)
            known.First = filled;
        else
            values[known.Last].Next = filled;
        known.Last = filled;
        known.Count++;
        values[filled++] = (start, end - start, 0);
        used += length;
    }

    public int Count(RosterField field) => fields[(int)field].Count;

    /// <summary>The value at <paramref name="index"/> of a field; empty if it has none.</summary>
    public ReadOnlySpan<byte> Get(RosterField field, int index = 0)
    {
        var known = fields[(int)field];
        if (index >= known.Count)
            return default;
        var place = known.First;
        while (index-- > 0)
            place = values[place].Next;
        var (start, length, _) = values[place];
        return data.AsSpan(start, length);
    }

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
