using Lti.Registrations;

namespace Lti.Security;

/// <summary>What an access token is kept under: token endpoint, client and the sorted scope set.</summary>
internal readonly record struct AccessTokenKey(string Endpoint, string ClientId, string Scope)
{
    public static AccessTokenKey For(Registration registration, IEnumerable<string> scopes) => new(
        registration.TokenEndpoint.AbsoluteUri,
        registration.ClientId,
        string.Join(' ', scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
}
