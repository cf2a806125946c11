namespace Gateway.Privacy;

/// <summary>The ids of one answer to one engine, for one thread: all of them cost little more to encrypt than the first.</summary>
internal sealed class EngineIdPage(EngineIds ids)
{
    private byte[] blocks = new byte[16 * EngineIds.Block];
    private int used;
    private int encrypted;

    /// <summary>Takes an id down; it is encrypted when the first is asked for.</summary>
    public EngineId Add(EngineIdKind kind, int district, long row)
    {
        if (used == blocks.Length)
            Array.Resize(ref blocks, 4 * blocks.Length);
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
