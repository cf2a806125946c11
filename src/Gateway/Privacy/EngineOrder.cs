namespace Gateway.Privacy;

/// <summary>
/// Rows in the order of one engine: by the ids that it sees, which are encrypted under its key. So no two engines have rows at the same
/// places, and each has them at the same places every time.
/// </summary>
internal sealed class EngineOrder
{
    private readonly EngineIds ids;
    private readonly EngineIdKind kind;
    private readonly int district;
    private readonly long[] rows;

    public EngineOrder(EngineIds ids, EngineIdKind kind, int district, long[] rows)
    {
        (this.ids, this.kind, this.district, this.rows) = (ids, kind, district, rows);
        Array.Sort(ids.KeysOf(kind, district, rows), rows);
    }

    public int Count => rows.Length;

    /// <summary>The rows that follow one, at most so many; the row itself need not be among them.</summary>
    /// <param name="after">The row; null: from the first on.</param>
    /// <param name="count">Rows at most.</param>
    /// <param name="including">Whether the row itself comes first, where it is among them.</param>
    public ReadOnlySpan<long> Next(long? after, int count, bool including = false)
    {
        var begin = after is { } row ? PlaceOf(row, including) : 0;
        return rows.AsSpan(begin, Math.Min(count, rows.Length - begin));
    }

    /// <summary>Whether a row is the last, or behind it.</summary>
    public bool EndsAt(long row) => PlaceOf(row, including: false) == rows.Length;

    // The first place whose id is greater, or as great.
    private int PlaceOf(long row, bool including)
    {
        var key = KeyOf(row);
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var compared = KeyOf(rows[middle]).CompareTo(key);
            if (compared < 0 || (compared == 0 && !including))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private UInt128 KeyOf(long row) => ids.KeysOf(kind, district, [row])[0];
}
