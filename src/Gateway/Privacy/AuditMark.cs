using System.Globalization;

namespace Gateway.Privacy;

/// <summary>A place of a chain of the audit trail and the hash that stands there, written <c>12:9f86d0…</c>: whoever keeps one finds a chain that was cut or rewritten.</summary>
internal sealed record AuditMark(long Sequence, string Hash)
{
    public static AuditMark Of(long sequence, ReadOnlySpan<byte> hash) => new(sequence, Convert.ToHexStringLower(hash));

    /// <summary>Null when the text is no mark.</summary>
    public static AuditMark? Parse(string? text) =>
        text?.Split(':') is [var sequence, { Length: 64 } hash] && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && hash.All(char.IsAsciiHexDigit)
            ? new AuditMark(number, hash.ToLowerInvariant())
            : null;

    public bool Matches(ReadOnlySpan<byte> hash) => Convert.FromHexString(Hash).AsSpan().SequenceEqual(hash);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}
