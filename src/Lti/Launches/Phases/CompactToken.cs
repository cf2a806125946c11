namespace Lti.Launches.Phases;

/// <summary>The parts of a compact JWS (RFC 7515 7.1), decoded.</summary>
internal sealed class CompactToken(byte[] header, byte[] payload, byte[] signed, byte[] signature)
{
    public byte[] Header { get; } = header;

    public byte[] Payload { get; } = payload;

    /// <summary>ASCII of <c>header.payload</c>: what the signature covers.</summary>
    public byte[] Signed { get; } = signed;

    public byte[] Signature { get; } = signature;
}
