using System.Security.Cryptography;

namespace OneRoster.Rest;

/// <summary>Chooses how requests are authorized.</summary>
internal static class RequestAuthorization
{
    public static IRequestAuthorization Of(RestRosterSourceOptions options, RetryingSender sender, TimeProvider time) => options.Access switch
    {
        RestAccess.ClientCredentials credentials => new AccessTokens(credentials, options.Scope, sender, time),
        RestAccess.OAuth1 oauth => new OAuth1Authorization(oauth, time, () => RandomNumberGenerator.GetHexString(32, lowercase: true)),
        RestAccess.StaticBearer bearer => new BearerAuthorization(bearer.Token),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Access.GetType().Name, "Not a kind of access."),
    };
}
