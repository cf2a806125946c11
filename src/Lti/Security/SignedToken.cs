using Lti.Launches;
using Lti.Launches.Phases;

namespace Lti.Security;

/// <summary>
/// A compact JWS (RFC 7515) that somebody with a published key set signed: RS256, PS256 or ES256, with a <c>kid</c>, as an id_token is.
/// It does not print itself.
/// </summary>
public sealed class SignedToken
{
    private readonly CompactToken parts;

    private SignedToken(CompactToken parts) => this.parts = parts;

    /// <summary>The payload's bytes. Nobody vouches for them before <see cref="RefusalAsync"/> has given null.</summary>
    public ReadOnlyMemory<byte> Payload => parts.Payload;

    /// <summary>The token's parts, or null when it is not three parts of base64url.</summary>
    public static SignedToken? Read(ReadOnlySpan<char> text) => CompactToken.Read(text) is { } parts ? new(parts) : null;

    /// <summary>
    /// Why the signature is not one by a key at this address, or null when it is. Only the signature is looked at, no claim.
    /// </summary>
    public async ValueTask<LaunchRefusal?> RefusalAsync(JwksCache keys, Uri jwksUri, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (TokenHeaderPhase.Read(parts, out var header) is { } refusal) return refusal;
        var found = await KeyPhase.FindAsync(keys, jwksUri, header!, cancellationToken);
        if (found.Refusal is not null) return found.Refusal;
        return SignaturePhase.IsBy(found.Keys, header!, parts) ? null : LaunchRefusal.SignatureInvalid;
    }

    /// <summary>Never the token.</summary>
    public override string ToString() => "(signed token)";
}
