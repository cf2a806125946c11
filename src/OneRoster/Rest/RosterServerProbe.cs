using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Finds out where a OneRoster server is, which version it speaks there and what it can do, by asking for one organisation. Nothing of
/// the organisation becomes a value.
/// </summary>
/// <param name="http">The client to send with, which the caller owns; it follows no redirects.</param>
/// <param name="time">The clock of waits and of token life.</param>
/// <param name="logger">Receives codes and counts.</param>
public sealed class RosterServerProbe(HttpClient http, TimeProvider time, ILogger<RosterServerProbe> logger)
{
    private const int Attempts = 2;

    /// <summary>Tries the address as given, and then the paths that servers are known to use.</summary>
    /// <param name="options">The address, the version that is expected, and how the client shows who it is.</param>
    /// <param name="cancellationToken">Stops the probe.</param>
    public async Task<RosterProbeOutcome> ProbeAsync(RestRosterSourceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var tried = new List<ProbedAddress>();
        foreach (var version in ProbeCandidates.Of(options.BaseUrl, options.Version).GroupBy(candidate => candidate.Version))
        {
            // The scopes, and so the token, are those of the version.
            var its = options with { Version = version.Key, Attempts = Attempts };
            var sender = new RetryingSender(http, its, time, logger);
            var authorization = RequestAuthorization.Of(its, sender, time);
            foreach (var (address, _) in version)
            {
                try
                {
                    var facts = await LookAsync(address, version.Key, sender, authorization, cancellationToken);
                    tried.Add(new ProbedAddress(address, null, 200));
                    return new RosterProbeOutcome(facts, null, tried);
                }
                catch (RosterSourceException failure)
                {
                    tried.Add(new ProbedAddress(address, failure.Code, failure.HttpStatus));
                    if (failure.Code is RosterFailures.TokenRefused or RosterFailures.TokenInvalid)
                        break;
                    if (failure.Code == RosterFailures.ConnectionLost)
                        return new RosterProbeOutcome(null, Refuse(tried), tried);
                }
            }
        }

        return new RosterProbeOutcome(null, Refuse(tried), tried);
    }

    private static async Task<RosterServerFacts> LookAsync(
        Uri address, OneRosterVersion version, RetryingSender sender, IRequestAuthorization authorization, CancellationToken cancellationToken)
    {
        using var plain = await AskAsync("");
        if (plain.StatusCode != HttpStatusCode.OK)
            throw Failure(plain.StatusCode);
        if (plain.Content.Headers.ContentType?.MediaType is not { } type || !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            throw Site.Fail(RosterFailures.WrongContentType, "the answer is not JSON", 200);
        if (await NamesAsync(plain) is null)
            throw Site.Fail(RosterFailures.WrapperMissing, "the answer holds no organisations", 200);
        var (counts, links) = (plain.Headers.Contains("X-Total-Count"), plain.Headers.Contains("Link"));

        using var selected = await AskAsync("&fields=sourcedId");
        var honours = selected.StatusCode == HttpStatusCode.OK && await NamesAsync(selected) is (_, Others: false);
        using var sorted = await AskAsync("&sort=sourcedId&orderBy=asc");
        return new RosterServerFacts(address, version, counts, links, honours, sorted.StatusCode == HttpStatusCode.OK);

        async Task<HttpResponseMessage> AskAsync(string more)
        {
            return await sender.SendAsync(CreateAsync, Site, cancellationToken);

            async ValueTask<HttpRequestMessage> CreateAsync(CancellationToken cancellation)
            {
                var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "orgs?limit=1&offset=0" + more));
                await authorization.AuthorizeAsync(request, cancellation);
                return request;
            }
        }

        async Task<(bool Any, bool Others)?> NamesAsync(HttpResponseMessage response) =>
            NamesIn(await ServerComplaint.ReadStartAsync(response, cancellationToken) ?? default);
    }

    private static RequestSite Site => new(RosterCollection.Orgs, 1, 0);

    private static RosterSourceException Failure(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => Site.Fail(RosterFailures.Unauthorized, "the server refuses the client", 401),
        HttpStatusCode.Forbidden => Site.Fail(RosterFailures.Forbidden, "the server denies the client the organisations", 403),
        _ when ServerComplaint.IsRedirect(status) => ServerComplaint.Redirected(Site, status),
        _ => Site.Fail(RosterFailures.UnexpectedStatus, "there is no server", (int)status),
    };

    /// <summary>
    /// Whether the answer has the array <c>orgs</c> (else null), an object in it, and whether that has other properties than
    /// <c>sourcedId</c>. The start of a long answer is enough.
    /// </summary>
    private static (bool Any, bool Others)? NamesIn(ReadOnlyMemory<byte> start)
    {
        try
        {
            var reader = new Utf8JsonReader(start.Span, isFinalBlock: false, default);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("orgs"u8);
                if (!reader.Read() || (found && reader.TokenType != JsonTokenType.StartArray))
                    return null;
                if (found)
                    return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? (true, HasOthers(ref reader)) : (false, false);
                if (!reader.TrySkip())
                    return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    private static bool HasOthers(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("sourcedId"u8))
                return true;
            if (!reader.Read() || !reader.TrySkip())
                return false;
        }

        return false;
    }

    private static RosterRefusal Refuse(IReadOnlyList<ProbedAddress> tried)
    {
        string[] telling = [RosterFailures.ConnectionLost, RosterFailures.TokenRefused, RosterFailures.TokenInvalid, RosterFailures.Forbidden, RosterFailures.Unauthorized];
        var code = telling.FirstOrDefault(code => tried.Any(address => address.Code == code)) ?? RosterFailures.NoServerFound;
        var advice = code switch
        {
            RosterFailures.ConnectionLost => "The server could not be reached: check the address.",
            RosterFailures.TokenRefused => "The token endpoint refuses the client: check the token URL, the client's id and secret, and the scope.",
            RosterFailures.TokenInvalid => "The token endpoint's answer holds no access token: check the token URL.",
            RosterFailures.Forbidden => "The server knows the client and denies it the organisations: ask its operator for the scope roster-core.readonly.",
            RosterFailures.Unauthorized => "The server refuses the client: check key, secret and kind of authorization, and this machine's clock.",
            _ => "No OneRoster server answers there: ask its operator for the base URL.",
        };
        var list = string.Join(", ", tried.Select(address => $"{address.Address.AbsolutePath} ({address.Code}{(address.HttpStatus is { } status ? $", HTTP {status}" : "")})"));
        return new RosterRefusal(code, $"{advice} Tried at {tried[0].Address.GetLeftPart(UriPartial.Authority)}: {list}.");
    }
}
