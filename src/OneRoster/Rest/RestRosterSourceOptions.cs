using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>Where and how to reach a OneRoster server.</summary>
/// <param name="Version">The version it speaks.</param>
/// <param name="BaseUrl">
/// The URL that a collection's name is appended to, with its path: <c>…/ims/oneroster/rostering/v1p2</c> or <c>…/ims/oneroster/v1p1</c>.
/// With a host alone the path of the specification is added; <see cref="RosterServerProbe"/> finds others.
/// </param>
/// <param name="Access">How the client shows who it is.</param>
public sealed record RestRosterSourceOptions(OneRosterVersion Version, Uri BaseUrl, RestAccess Access)
{
    /// <summary>A server with OAuth 2 client credentials.</summary>
    /// <param name="version">The version it speaks.</param>
    /// <param name="baseUrl">The URL that a collection's name is appended to.</param>
    /// <param name="tokenUrl">The OAuth 2 token endpoint.</param>
    /// <param name="clientId">The OAuth 2 client id.</param>
    /// <param name="clientSecret">The OAuth 2 client secret.</param>
    public RestRosterSourceOptions(OneRosterVersion version, Uri baseUrl, Uri tokenUrl, string clientId, string clientSecret)
        : this(version, baseUrl, new RestAccess.ClientCredentials(tokenUrl, clientId, clientSecret))
    {
    }

    /// <summary>
    /// Asks only for what was added, changed or marked as to be deleted since then (<c>dateLastModified</c>, by the server's clock).
    /// Records that the server deleted for good are not told. Null asks for everything.
    /// </summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>
    /// Whether <see cref="Version"/> is a guess: then <see cref="RosterServerProbe"/> also looks at a user where the path does not tell the version.
    /// </summary>
    public bool IsVersionGuessed { get; init; }

    /// <summary>Rows asked per page (<c>limit</c>). A server may send fewer; one that fails at this size is asked for less.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>How often a request is made before the reading fails: for 408, 429, 5xx, timeouts and lost connections.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>How often a collection that changed while it was read is read again before the reading fails.</summary>
    public int Rereads { get; init; } = 3;

    /// <summary>The longest wait between two attempts; a server that asks for a longer one fails the reading.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first wait of the exponential back-off.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may send nothing in the middle of a page before the connection counts as lost.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a page may be waited for in all, from its headers to its end; after that it is asked again, smaller.</summary>
    public TimeSpan LongestPage { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "oneroster-consumer/0.1";

    /// <summary>How many ids of a page are remembered. A server that ignores the limit may send a whole collection as one page.</summary>
    internal int RememberedIds { get; init; } = 100_000;

    /// <summary>The scope to ask for with client credentials; empty for none.</summary>
    internal string Scope => (Access as RestAccess.ClientCredentials)?.Scope ?? (Version == OneRosterVersion.V1P1 ? ScopeV1P1 : ScopeV1P2);

    /// <summary>The least scope that reads the bulk collections of a 1.2 server.</summary>
    public const string ScopeV1P2 = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly";

    /// <summary>The least scope that reads the bulk collections of a 1.1 server.</summary>
    public const string ScopeV1P1 = "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly";

    /// <summary>The options without a secret.</summary>
    public override string ToString() => $"OneRoster {Version} at {BaseUrl} by {Access}";
}
