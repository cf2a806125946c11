using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>
/// The allowed fields of one record as UTF-8, copied out of the reader's buffer and used again for the next record, so that
/// both bindings are checked by the same code and no value becomes a string before it is known to be kept.
/// </summary>
internal sealed class RowFields
{
    private readonly List<(RosterField Field, int Start, int Length)> items = [];
    private byte[] data = new byte[512];
    private int used;

    public void Clear()
    {
        items.Clear();
        used = 0;
    }

    /// <summary>Adds a value; a list field has several. Empty values count as absent.</summary>
    public void Add(RosterField field, ReadOnlySpan<byte> value)
    {
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
        var value = data.AsSpan(used, length);
        if (length > 0 && value[0] > (byte)' ' && value[^1] > (byte)' ')
        {
            items.Add((field, used, length));
            used += length;
            return;
        }

        var trimmed = value.Trim(" \t\r\n"u8);
        if (trimmed.IsEmpty)
            return;
        var lead = value.Length - value.TrimStart(" \t\r\n"u8).Length;
        items.Add((field, used + lead, trimmed.Length));
        used += length;
    }

    public int Count(RosterField field)
    {
        var count = 0;
        foreach (var item in items)
            if (item.Field == field)
                count++;
        return count;
    }

    /// <summary>The value at <paramref name="index"/> of a field; empty if it has none.</summary>
    public ReadOnlySpan<byte> Get(RosterField field, int index = 0)
    {
        foreach (var item in items)
            if (item.Field == field && index-- == 0)
                return data.AsSpan(item.Start, item.Length);
        return default;
    }
}
