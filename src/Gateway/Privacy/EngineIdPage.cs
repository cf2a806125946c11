namespace Gateway.Privacy;

/// <summary>The ids of one answer to one engine, for one thread: all of them cost little more to encrypt than the first.</summary>
internal sealed class EngineIdPage(EngineIds ids)
{
    private byte[] blocks = [];
    private int used;
    private int encrypted;

    /// <summary>Makes room for so many more ids.</summary>
    public void Reserve(int more) => Array.Resize(ref blocks, Math.Max(blocks.Length, used + more * EngineIds.Block));

    /// <summary>Takes an id down; it is encrypted when the first is asked for.</summary>
    public EngineId Add(EngineIdKind kind, int district, long row)
    {
        if (used == blocks.Length)
            Reserve(Math.Max(16, 3 * used / EngineIds.Block));
        EngineIds.Fill(blocks.AsSpan(used, EngineIds.Block), kind, district, row);
        used += EngineIds.Block;
        return new EngineId(this, used - EngineIds.Block);
    }

    internal ReadOnlySpan<byte> BlockAt(int place)
    {
        if (place >= encrypted)
        {
            ids.Encrypt(blocks, encrypted, used - encrypted);
            encrypted = used;
        }

        return blocks.AsSpan(place, EngineIds.Block);
    }
}
