using Gateway.Privacy;
using Lti.Grades;

namespace Gateway.Grades;

/// <summary>A checked score that waits for its delivery, with the ticket that says whose it is. At rest it is sealed as a whole.</summary>
internal sealed record PendingScore(
    string TicketText, decimal ScoreGiven, decimal ScoreMaximum, ActivityProgress ActivityProgress, GradingProgress GradingProgress, DateTimeOffset Timestamp)
{
    /// <summary>Nothing of a score belongs in a log.</summary>
    public override string ToString() => nameof(PendingScore);

    /// <summary>Sealed under the district's key, bound to its row.</summary>
    public byte[] Seal(DistrictKeyRing ring, Guid id)
    {
        using var buffer = new MemoryStream(512);
        using var writer = new BinaryWriter(buffer);
        writer.Write(TicketText);
        writer.Write(ScoreGiven);
        writer.Write(ScoreMaximum);
        writer.Write((byte)ActivityProgress);
        writer.Write((byte)GradingProgress);
        writer.Write(Timestamp.UtcTicks);
        return ring.Seal(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), Context(id));
    }

    public static PendingScore? Open(DistrictKeyRing ring, Guid id, byte[] sealedScore)
    {
        if (!ring.TryOpen(sealedScore, Context(id), out var plain))
            return null;
        using var reader = new BinaryReader(new MemoryStream(plain));
        return new(
            reader.ReadString(), reader.ReadDecimal(), reader.ReadDecimal(), (ActivityProgress)reader.ReadByte(), (GradingProgress)reader.ReadByte(),
            new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero));
    }

    private static byte[] Context(Guid id) => [.. "pending score:"u8, .. id.ToByteArray()];
}
