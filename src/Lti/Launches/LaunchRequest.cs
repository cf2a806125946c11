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

    /// <summary>Gives the browser binding with a name (a cookie, or what the platform's storage returned), or null.</summary>
    public required Func<string, string?> ReadBinding { get; init; }
}
