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

    /// <summary>Certificates of deletion: ES256. Its public parts stay published for good (P-3.4).</summary>
    public static SigningPurpose Certificate { get; } = new("certificate", SecurityAlgorithms.EcdsaSha256) { IsPublishedForGood = true };

    public static IReadOnlyList<SigningPurpose> All { get; } = [Lti, OpenId, OpenIdRsa, Certificate];

    /// <summary>Those that sign id_tokens, the default first.</summary>
    public static IReadOnlyList<SigningPurpose> IdTokens { get; } = [OpenId, OpenIdRsa];

    /// <summary>As the table <c>signing_key</c> writes it.</summary>
    public string Name { get; }

    /// <summary>What it signed is checked for years: a key that signs no more is still published.</summary>
    public bool IsPublishedForGood { get; private init; }

    /// <summary>RFC 7518, 3.1.</summary>
    public string Algorithm { get; }
}
