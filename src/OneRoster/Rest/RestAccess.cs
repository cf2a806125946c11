namespace OneRoster.Rest;

/// <summary>How a client shows a OneRoster server who it is. It prints its kind and never a secret.</summary>
public abstract record RestAccess
{
    private RestAccess()
    {
    }

    /// <summary>
    /// OAuth 2 client credentials (RFC 6749 4.4). Name and secret go into the Basic header and the scope into the form; a server that
    /// refuses that gets them in the form, or the scope in the query.
    /// </summary>
    /// <param name="TokenUrl">The token endpoint, wherever it is.</param>
    /// <param name="ClientId">The client id.</param>
    /// <param name="ClientSecret">The client secret.</param>
    public sealed record ClientCredentials(Uri TokenUrl, string ClientId, string ClientSecret) : RestAccess
    {
        /// <summary>
        /// The scope to ask for. Null asks for the least that reads the bulk collections of the version
        /// (<see cref="RestRosterSourceOptions.ScopeV1P1"/>, <see cref="RestRosterSourceOptions.ScopeV1P2"/>), an empty text for none.
        /// </summary>
        public string? Scope { get; init; }

        /// <inheritdoc/>
        public override string ToString() => "OAuth 2 client credentials";
    }

    /// <summary>OAuth 1.0a without a token (RFC 5849): each request is signed (OneRoster 1.1).</summary>
    /// <param name="ConsumerKey">The consumer key.</param>
    /// <param name="ConsumerSecret">The consumer secret.</param>
    /// <param name="Method">What it is signed with.</param>
    public sealed record OAuth1(string ConsumerKey, string ConsumerSecret, OAuth1Method Method) : RestAccess
    {
        /// <inheritdoc/>
        public override string ToString() => $"OAuth 1.0a {Method}";
    }

    /// <summary>A token that was given out once and is sent with each request (RFC 6750 2.1).</summary>
    /// <param name="Token">The token: visible ASCII without spaces.</param>
    public sealed record StaticBearer(string Token) : RestAccess
    {
        /// <inheritdoc/>
        public override string ToString() => "static bearer token";
    }
}

/// <summary>The signature methods of OAuth 1.0a that OneRoster servers use.</summary>
public enum OAuth1Method
{
    /// <summary>HMAC-SHA256, which OneRoster 1.1 asks for.</summary>
    HmacSha256,

    /// <summary>HMAC-SHA1 (RFC 5849 3.4.2), for servers that know nothing newer.</summary>
    HmacSha1,
}
