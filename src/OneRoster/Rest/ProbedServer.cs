using System.Net;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>Looks at what is at one address, by asking for one organisation and, where the version is a guess, for one user.</summary>
internal sealed class ProbedServer(Uri address, RestRosterSourceOptions options, AuthorizedRequests requests)
{
    private static readonly RequestSite Site = new(RosterCollection.Orgs, 1, 0);

    public async Task<RosterServerFacts> LookAsync(CancellationToken cancellationToken)
    {
        using var plain = await AskAsync("orgs?limit=1&offset=0", cancellationToken);
        if (plain.StatusCode != HttpStatusCode.OK)
            throw Failure(plain.StatusCode);
        var start = await ServerComplaint.ReadStartAsync(plain, cancellationToken) ?? default;
        if (ProbedNames.In(start, "orgs") is null)
            throw NoOrganisations(plain, start);
        var (counts, links) = (plain.Headers.Contains("X-Total-Count"), plain.Headers.Contains("Link"));

        using var selected = await AskAsync("orgs?limit=1&offset=0&fields=sourcedId", cancellationToken);
        var honours = selected.StatusCode == HttpStatusCode.OK && (await NamesAsync(selected, "orgs", cancellationToken))?.IsSubsetOf(["sourcedId"]) == true;
        using var sorted = await AskAsync("orgs?limit=1&offset=0&sort=sourcedId&orderBy=asc", cancellationToken);
        return new RosterServerFacts(BaseOf(plain), await VersionAsync(cancellationToken), counts, links, honours, sorted.StatusCode == HttpStatusCode.OK);
    }

    /// <summary>By the path; where that says nothing and nobody does, by what the users are like.</summary>
    private async Task<OneRosterVersion> VersionAsync(CancellationToken cancellationToken)
    {
        if (!options.IsVersionGuessed || ProbeCandidates.VersionIn(address.AbsolutePath) is not null)
            return options.Version;
        foreach (var selection in new[] { "&fields=sourcedId,role,roles", "" })
        {
            using var user = await AskAsync("users?limit=1&offset=0" + selection, cancellationToken);
            if (user.StatusCode == HttpStatusCode.OK && await NamesAsync(user, "users", cancellationToken) is { } names)
                if (names.Contains("roles"))
                    return OneRosterVersion.V1P2;
                else if (names.Contains("role"))
                    return OneRosterVersion.V1P1;
        }

        return options.Version;
    }

    private Task<HttpResponseMessage> AskAsync(string path, CancellationToken cancellationToken) => requests.GetAsync(() => new Uri(address, path), Site, cancellationToken);

    private static async Task<HashSet<string>?> NamesAsync(HttpResponseMessage response, string wrapper, CancellationToken cancellationToken) =>
        ProbedNames.In(await ServerComplaint.ReadStartAsync(response, cancellationToken) ?? default, wrapper);

    /// <summary>Where the server sent us to, if that is a place of the same shape.</summary>
    private Uri BaseOf(HttpResponseMessage answer)
    {
        var found = (answer.RequestMessage?.RequestUri ?? address).GetLeftPart(UriPartial.Path).TrimEnd('/');
        return found.EndsWith("/orgs", StringComparison.Ordinal) ? new Uri(found[..^"orgs".Length]) : address;
    }

    private static RosterSourceException NoOrganisations(HttpResponseMessage answer, ReadOnlyMemory<byte> start) =>
        PageRequests.IsJson(answer) || ServerComplaint.WithoutByteOrderMark(start.Span).TrimStart(" \t\r\n"u8).StartsWith("{"u8)
            ? Site.Fail(RosterFailures.WrapperMissing, "the answer holds no organisations", 200)
            : Site.Fail(RosterFailures.WrongContentType, "the answer is not JSON, by its content type and by its first letter", 200);

    private static RosterSourceException Failure(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => Site.Fail(RosterFailures.Unauthorized, "the server refuses the client", 401),
        HttpStatusCode.Forbidden => Site.Fail(RosterFailures.Forbidden, "the server denies the client the organisations", 403),
        _ => Site.Fail(RosterFailures.UnexpectedStatus, "there is no server", (int)status),
    };
}
