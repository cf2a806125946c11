using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>Where and how to reach a OneRoster server.</summary>
/// <param name="Version">The version it speaks.</param>
/// <param name="BaseUrl">
/// The URL that a collection's name is appended to, with its path: <c>…/ims/oneroster/rostering/v1p2</c> or <c>…/ims/oneroster/v1p1</c>.
/// </param>
/// <param name="TokenUrl">The OAuth 2 token endpoint.</param>
/// <param name="ClientId">The OAuth 2 client id.</param>
/// <param name="ClientSecret">The OAuth 2 client secret.</param>
public sealed record RestRosterSourceOptions(
    OneRosterVersion Version, Uri BaseUrl, Uri TokenUrl, string ClientId, string ClientSecret)
{
    /// <summary>
    /// The scope to ask for: the least that the bulk collections need (OneRoster 1.2 REST binding, security). Null asks for none.
    /// 1.1 names <see cref="ScopeV1P1"/>.
    /// </summary>
    public string? Scope { get; init; } = Version == OneRosterVersion.V1P1 ? ScopeV1P1 : ScopeV1P2;

    /// <summary>Rows asked per page (<c>limit</c>). A server may send fewer.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>How often a request is made before the reading fails: for 429, 500, 502, 503, 504 and lost connections.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The longest wait between two attempts; a server that asks for a longer one fails the reading.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first wait of the exponential back-off.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may send nothing in the middle of a page before the connection counts as lost.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "oneroster-consumer/0.1";

    /// <summary>How many ids of a page are remembered. A server that ignores the limit may send a whole collection as one page.</summary>
    internal int RememberedIds { get; init; } = 100_000;

    /// <summary>The least scope that reads the bulk collections of a 1.2 server.</summary>
    public const string ScopeV1P2 = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly";

    /// <summary>The least scope that reads the bulk collections of a 1.1 server.</summary>
    public const string ScopeV1P1 = "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly";

    /// <summary>The options without the secret.</summary>
    public override string ToString() => $"OneRoster {Version} at {BaseUrl}";
}
