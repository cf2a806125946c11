using System.Collections.Immutable;
using System.Text.Json;
using Lti.Security;

namespace Lti.Registrations;

/// <summary>Reads and checks a platform's configuration; nothing of a document that fails a check goes further.</summary>
internal static class PlatformConfigurationReader
{
    private const string PlatformClaim = "https://purl.imsglobal.org/spec/lti-platform-configuration";
    private const string Algorithm = "RS256";
    private const string ResourceLink = "LtiResourceLinkRequest";
    private const int LongestName = 255;

    public static RegistrationResult<PlatformConfiguration> Read(
        ReadOnlyMemory<byte> utf8, Uri source, IReadOnlyCollection<PlatformConfigurationHost> hosts)
    {
        using var document = RegistrationJson.Parse(utf8);
        if (document is null) return Because(RegistrationFault.ConfigurationMalformed);
        var root = document.RootElement;
        if (RegistrationJson.Text(root, "issuer", PlatformAddress.Longest) is not { } issuer
            || RegistrationJson.Member(root, PlatformClaim) is not { ValueKind: JsonValueKind.Object } platform)
            return Because(RegistrationFault.ConfigurationIncomplete);
        var product = RegistrationJson.Text(platform, "product_family_code", LongestName);
        if (!IsIssuerOf(issuer, source, hosts))
            return RegistrationResult<PlatformConfiguration>.Because(RegistrationFault.IssuerMismatch, claim: new PlatformClaim(issuer, product));

        string[] names = ["authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"];
        if (names.Any(name => RegistrationJson.Member(root, name) is not { ValueKind: JsonValueKind.String }))
            return Because(RegistrationFault.ConfigurationIncomplete);
        var endpoints = names.Select(name => PlatformAddress.Parse(RegistrationJson.Text(root, name, PlatformAddress.Longest))).ToList();
        if (endpoints.Contains(null)) return Because(RegistrationFault.EndpointInsecure);
        if (RegistrationJson.Member(root, "authorization_server") is { ValueKind: not JsonValueKind.Null }
            && RegistrationJson.Text(root, "authorization_server", PlatformAddress.Longest) is null)
            return Because(RegistrationFault.ConfigurationMalformed);
        if (!Offers(root, "id_token_signing_alg_values_supported") || !Offers(root, "token_endpoint_auth_signing_alg_values_supported"))
            return Because(RegistrationFault.AlgorithmMissing);
        if (!OpensLinks(platform)) return Because(RegistrationFault.MessagesUnsupported);

        return RegistrationResult<PlatformConfiguration>.Of(new PlatformConfiguration
        {
            Issuer = issuer,
            AuthorizationEndpoint = endpoints[0]!,
            TokenEndpoint = endpoints[1]!,
            JwksUri = endpoints[2]!,
            RegistrationEndpoint = endpoints[3]!,
            AuthorizationServer = RegistrationJson.Text(root, "authorization_server", PlatformAddress.Longest),
            PublishedBy = source.Authority,
            ProductFamily = product,
            Scopes = [.. RegistrationJson.Texts(root, "scopes_supported").Intersect(LtiScopes.All, StringComparer.Ordinal)],
        });
    }

    // LTI Dynamic Registration 1.0, 3.4: the issuer must be that of the address the configuration was fetched from.
    private static bool IsIssuerOf(string issuer, Uri source, IReadOnlyCollection<PlatformConfigurationHost> hosts)
    {
        if (PlatformAddress.Parse(issuer) is not { } named) return false;
        return Uri.Compare(named, source, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            || (source is { Scheme: "https", IsDefaultPort: true }
                && hosts.Any(pair => pair.Issuer == issuer && pair.Host.Equals(source.Host, StringComparison.OrdinalIgnoreCase)));
    }

    // A list that a platform leaves out promises nothing and denies nothing; RS256 is what LTI requires of everybody.
    private static bool Offers(JsonElement root, string list) =>
        RegistrationJson.Member(root, list) is null || RegistrationJson.Texts(root, list).Contains(Algorithm);

    // Objects with a type by the specification; seen in Moodle: the types alone.
    private static bool OpensLinks(JsonElement platform)
    {
        if (RegistrationJson.Member(platform, "messages_supported") is not { ValueKind: JsonValueKind.Array } messages) return true;
        return RegistrationJson.Texts(platform, "messages_supported").Contains(ResourceLink)
            || messages.EnumerateArray().Any(message => RegistrationJson.Text(message, "type", LongestName) == ResourceLink);
    }

    private static RegistrationResult<PlatformConfiguration> Because(RegistrationFault fault) => RegistrationResult<PlatformConfiguration>.Because(fault);
}
