using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity;

/// <summary>What a key pair of the gateway signs.</summary>
internal sealed class SigningPurpose
{
    private SigningPurpose(string name, string algorithm) => (Name, Algorithm) = (name, algorithm);

    /// <summary>The LTI tool's messages and client assertions: RS256 (LTI Security 6.1.1), 2048 bits.</summary>
    public static SigningPurpose Lti { get; } = new("lti", SecurityAlgorithms.RsaSha256);

    /// <summary>The OpenID provider's tokens: ES256.</summary>
    public static SigningPurpose OpenId { get; } = new("openid", SecurityAlgorithms.EcdsaSha256);

    /// <summary>The id_tokens of engines that want RS256, which every provider has to offer (OpenID Connect Discovery 3).</summary>
    public static SigningPurpose OpenIdRsa { get; } = new("openid-rs256", SecurityAlgorithms.RsaSha256);

    public static IReadOnlyList<SigningPurpose> All { get; } = [Lti, OpenId, OpenIdRsa];

    /// <summary>Those that sign id_tokens, the default first.</summary>
    public static IReadOnlyList<SigningPurpose> IdTokens { get; } = [OpenId, OpenIdRsa];

    /// <summary>As the table <c>signing_key</c> writes it.</summary>
    public string Name { get; }

    /// <summary>RFC 7518, 3.1.</summary>
    public string Algorithm { get; }
}
