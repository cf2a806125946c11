using Gateway.Storage.Model;
using OneRoster.Model;
using OneRoster.Rest;

namespace Gateway.Rostering;

/// <summary>The ways in which a OneRoster server knows the gateway, by the names that the command and the table have for them.</summary>
internal static class RosterAuth
{
    public const string OAuth2 = "oauth2";
    public const string OAuth1Sha256 = "oauth1-sha256";
    public const string OAuth1Sha1 = "oauth1-sha1";
    public const string Bearer = "bearer";

    public static IReadOnlyList<string> Names { get; } = [OAuth2, OAuth1Sha256, OAuth1Sha1, Bearer];

    public static bool NeedsTokenUrl(string? auth) => auth is null or OAuth2;

    public static bool NeedsClientId(string? auth) => auth != Bearer;

    /// <summary>A stored server and its opened secret, as the library wants them.</summary>
    public static RestRosterSourceOptions Options(RosterSource stored, string secret) =>
        new(stored.Version == "1.1" ? OneRosterVersion.V1P1 : OneRosterVersion.V1P2, new Uri(stored.BaseUrl!), Access(stored, secret));

    private static RestAccess Access(RosterSource stored, string secret) => stored.Auth switch
    {
        OAuth1Sha256 => new RestAccess.OAuth1(stored.ClientId!, secret, OAuth1Method.HmacSha256),
        OAuth1Sha1 => new RestAccess.OAuth1(stored.ClientId!, secret, OAuth1Method.HmacSha1),
        Bearer => new RestAccess.StaticBearer(secret),
        _ => new RestAccess.ClientCredentials(new Uri(stored.TokenUrl!), stored.ClientId!, secret) { Scope = stored.Scope },
    };
}
