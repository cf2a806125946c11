using Lti.Registrations;

namespace Lti.Security;

/// <summary>
/// What an access token is kept under: the registration, its token endpoint and client, and the sorted scope set. Never shared between
/// registrations, though endpoint and client may be the same: a token that one customer's assertion obtained is that customer's.
/// </summary>
internal readonly record struct AccessTokenKey(string Registration, string Endpoint, string ClientId, string Scope)
{
    public static AccessTokenKey For(Registration registration, IEnumerable<string> scopes) => new(
        registration.Id,
        registration.TokenEndpoint.AbsoluteUri,
        registration.ClientId,
        string.Join(' ', scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
}
