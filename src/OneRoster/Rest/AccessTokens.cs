using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Access tokens by OAuth 2 client credentials (RFC 6749 4.4). The first token shows which <see cref="TokenRequest"/> the server
/// accepts; from then on it is asked that way only. A token is kept until shortly before it expires.
/// </summary>
internal sealed class AccessTokens(RestAccess.ClientCredentials access, string scope, RetryingSender sender, TimeProvider time) : IRequestAuthorization
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly RequestSite Site = new(null, null, null);

    private readonly List<TokenRequest> ways = [.. TokenRequest.Ways(scope.Length > 0)];
    private string? token;
    private DateTimeOffset expires;

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
        while (true)
        {
            var way = ways[0];
            using var response = await sender.SendAsync(_ => ValueTask.FromResult(way.Create(access, scope)), Site, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                ways.RemoveRange(1, ways.Count - 1);
                return Parse(await ReadAsync(response, cancellationToken)) ?? throw Site.Fail(
                    RosterFailures.TokenInvalid, "the token endpoint's answer holds no access token; check the token URL");
            }

            if (ServerComplaint.IsRedirect(response.StatusCode))
                throw ServerComplaint.Redirected(Site, response.StatusCode);
            var complaint = await ServerComplaint.ReadAsync(response, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest) || !GiveUpWay(complaint))
                throw Site.Fail(
                    RosterFailures.TokenRefused, $"the token endpoint refused the client{complaint.Named}; check its id, secret and scope", (int)response.StatusCode);
        }
    }

    /// <summary>Strikes out the way that was refused, and those that fail for the same reason. False when none is left.</summary>
    private bool GiveUpWay(ServerComplaint complaint)
    {
        var refused = ways[0];
        if (ways.Count == 1)
            return false;
        ways.RemoveAt(0);

        // The client was recognised, so its secret is in the right place.
        if (complaint.Word == "invalid_scope")
            ways.RemoveAll(way => way.SecretInForm != refused.SecretInForm);
        return ways.Count > 0;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await ServerComplaint.ReadStartAsync(response, cancellationToken)
            ?? throw Site.Fail(RosterFailures.ConnectionLost, "the token endpoint broke off; try again later");

    private string? Parse(ReadOnlyMemory<byte> body)
    {
        string? found = null;
        var seconds = 3600;
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isToken, isLife) = (reader.ValueTextEquals("access_token"u8), reader.ValueTextEquals("expires_in"u8));
                reader.Read();
                if (isToken && reader.TokenType == JsonTokenType.String)
                    found = reader.GetString();
                else if (isLife && reader.TokenType is JsonTokenType.Number or JsonTokenType.String
                    && Utf8Parser.TryParse(reader.ValueSpan, out int life, out _))
                    seconds = life;
                else
                    reader.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }

        expires = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Max(0, seconds)) - Margin;

        // A header value must not break out of its line.
        return found is { Length: > 0 } && found.All(letter => letter is > ' ' and <= '~') ? found : null;
    }
}
