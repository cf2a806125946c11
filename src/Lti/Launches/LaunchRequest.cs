namespace Lti.Launches;

/// <summary>What a browser posted to the launch URL. Not a record: a token is personal data, and records print themselves.</summary>
public sealed class LaunchRequest
{
    /// <summary><c>id_token</c>. A string converts by itself; a host that wants no string gives its own characters.</summary>
    public ReadOnlyMemory<char> IdToken { get; init; }

    /// <summary><c>state</c>.</summary>
    public string? State { get; init; }

    /// <summary><c>error</c> of an OpenID Connect error response.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the form is a launch under LTI 1.1.</summary>
    public bool IsLegacyLaunch { get; init; }

    /// <summary>Gives the browser binding with a name, which is a cookie's, or null.</summary>
    public required Func<string, string?> ReadBinding { get; init; }

    /// <summary>
    /// <c>binding</c>: what the platform's storage returned to the page that <see cref="LaunchNeedsBinding{T}"/> asks for, empty when it
    /// returned nothing, null when there was no such page. It counts only where no cookie came and where <see cref="FetchSite"/> or
    /// <see cref="Origin"/> shows that a page of the tool's own posted it.
    /// </summary>
    public string? StoredBinding { get; init; }

    /// <summary>The request's <c>Sec-Fetch-Site</c>, or null.</summary>
    public string? FetchSite { get; init; }

    /// <summary>The request's <c>Origin</c>, or null.</summary>
    public string? Origin { get; init; }

    /// <summary>Picks the parameters out of a posted form, its cookies and its headers.</summary>
    /// <param name="form">Gives a form parameter's value, or null.</param>
    /// <param name="cookie">Gives a cookie's value, or null.</param>
    /// <param name="header">Gives a header's value, or null.</param>
    public static LaunchRequest From(Func<string, string?> form, Func<string, string?> cookie, Func<string, string?> header)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(cookie);
        ArgumentNullException.ThrowIfNull(header);
        return new LaunchRequest
        {
            IdToken = form("id_token").AsMemory(),
            State = form("state"),
            Error = form("error"),
            IsLegacyLaunch = LegacyLaunch.IsMeant(form),
            ReadBinding = cookie,
            StoredBinding = form("binding"),
            FetchSite = header("Sec-Fetch-Site"),
            Origin = header("Origin"),
        };
    }
}
