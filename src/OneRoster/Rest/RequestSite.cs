using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>Which page a request is for, for the failures it may end in.</summary>
internal readonly record struct RequestSite(RosterCollection? Collection, int? Page, long? Offset)
{
    /// <summary>A request for an access token.</summary>
    public static RequestSite TokenUrl { get; } = new(null, null, null) { IsTokenUrl = true };

    public bool IsTokenUrl { get; private init; }

    public RosterSourceException Fail(string code, string reason, int? status = null) =>
        new(code, Collection, status is null ? reason : $"{reason} (HTTP {status})", Page, Offset, httpStatus: status, atTokenUrl: IsTokenUrl);
}
