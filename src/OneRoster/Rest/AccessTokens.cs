using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Access tokens by OAuth 2 client credentials (RFC 6749 4.4). The first token shows which <see cref="TokenRequest"/> the server
/// accepts; from then on it is asked that way only. A token is kept until shortly before it expires; one that lives for less than a
/// minute, or does not say for how long, until it is refused.
/// </summary>
internal sealed class AccessTokens(RestAccess.ClientCredentials access, string scope, RetryingSender sender, TimeProvider time) : IRequestAuthorization
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly RequestSite Site = RequestSite.TokenUrl;

    private readonly List<TokenRequest> ways = [.. TokenRequest.Ways(scope.Length > 0)];
    private string? token;
    private DateTimeOffset expires;
    private (ServerComplaint Complaint, int Status)? refusal;

    /// <summary>The way that the server accepted; null before the first token.</summary>
    public TokenRequest? Accepted { get; private set; }

    public async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (token is null || time.GetUtcNow() >= expires)
            token = await RequestAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public bool Renew()
    {
        token = null;
        return true;
    }

    private async Task<string> RequestAsync(CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var (found, attempt) = await TryWaysAsync(cancellationToken);
            if (found is not null)
                return found;
            try
            {
                await sender.WaitAfterAsync(attempt!, number, Site, cancellationToken);
            }
            catch (RosterSourceException) when (refusal is not null && attempt is { Trouble: null, IsBusy: false })
            {
                // One way breaks the server and the other is refused: the refusal says more.
                throw Refused();
            }
        }
    }

    /// <summary>Tries the ways that are left, each once: one that is refused is not tried again.</summary>
    /// <returns>A token, or the attempt after which it may be tried again.</returns>
    private async Task<(string? Token, Attempt? Broken)> TryWaysAsync(CancellationToken cancellationToken)
    {
        Attempt? broken = null;
        bool? brokenPlace = null;
        while (ways.Find(way => way.SecretInForm != brokenPlace) is { } way)
        {
            var attempt = await sender.SendOnceAsync(_ => ValueTask.FromResult(way.Create(access, scope)), cancellationToken);
            using var response = attempt.Response;
            if (response is null || attempt.IsBusy)
                return (null, attempt);
            if (response.IsSuccessStatusCode)
                return (await AcceptAsync(way, response, cancellationToken), null);
            if (ServerComplaint.IsRedirect(response.StatusCode))
                throw Redirect.Refuse(Site, response.StatusCode, Redirect.TargetOf(response, access.TokenUrl), inCircle: false);
            if (response.StatusCode < HttpStatusCode.InternalServerError)
                GiveUp(way, await ServerComplaint.ReadAsync(response, cancellationToken), (int)response.StatusCode);
            else if (broken is not null)
                break;
            else
                // Some servers break on a secret that is not where they look for it.
                (broken, brokenPlace) = (attempt, way.SecretInForm);
        }

        return broken is null ? throw Refused() : (null, broken);
    }

    private async Task<string> AcceptAsync(TokenRequest way, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ways.Clear();
        ways.Add(way);
        (Accepted, refusal) = (way, null);
        return Parse(await ReadAsync(response, cancellationToken))
            ?? throw Site.Fail(RosterFailures.TokenInvalid, "the answer holds no access token; check the token URL");
    }

    /// <summary>Strikes out the way that was refused, and those that fail for the same reason.</summary>
    private void GiveUp(TokenRequest way, ServerComplaint complaint, int status)
    {
        ways.Remove(way);

        // The client was recognised, so its secret is in the right place.
        if (complaint.Word == ServerComplaint.Scope)
            ways.RemoveAll(other => other.SecretInForm != way.SecretInForm);
        if (refusal?.Complaint.Word != ServerComplaint.Scope)
            refusal = (complaint, status);
    }

    private RosterSourceException Refused()
    {
        var reason = refusal switch
        {
            ({ Word: ServerComplaint.Scope }, _) =>
                "the client is known and its scope refused (invalid_scope), in the form and in the query; ask for the scope of the vendor's documentation (--scope), or for none (--scope none)",
            ({ Word: null }, 404 or 405) => "there is no token endpoint; check the token URL",
            _ => $"the client is refused{refusal?.Complaint.Named}, by Basic and in the form; check its id, secret and scope",
        };
        return Site.Fail(RosterFailures.TokenRefused, reason, refusal?.Status);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await ServerComplaint.ReadStartAsync(response, cancellationToken)
            ?? throw Site.Fail(RosterFailures.ConnectionLost, "the answer breaks off; try again later");

    private string? Parse(ReadOnlyMemory<byte> body)
    {
        string? found = null;
        int? seconds = null;
        try
        {
            var reader = new Utf8JsonReader(ServerComplaint.WithoutByteOrderMark(body.Span));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isToken, isLife) = (reader.ValueTextEquals("access_token"u8), reader.ValueTextEquals("expires_in"u8));
                reader.Read();
                if (isToken && reader.TokenType == JsonTokenType.String)
                    found = reader.GetString();
                else if (isLife && reader.TokenType is JsonTokenType.Number or JsonTokenType.String
                    && Utf8Parser.TryParse(reader.ValueSpan, out int number, out _))
                    seconds = number;
                else
                    reader.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }

        var life = TimeSpan.FromSeconds(seconds ?? 0);
        expires = life < Margin * 2 ? DateTimeOffset.MaxValue : time.GetUtcNow() + life - Margin;

        // A header value must not break out of its line.
        return found is { Length: > 0 } && found.All(letter => letter is > ' ' and <= '~') ? found : null;
    }
}
