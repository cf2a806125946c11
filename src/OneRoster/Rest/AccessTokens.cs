using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Access tokens by OAuth 2 client credentials (RFC 6749 4.4): the client's name and secret in the Basic header, or in the
/// form where a server wants them there. A token is kept until shortly before it expires.
/// </summary>
internal sealed class AccessTokens(RestRosterSourceOptions options, RetryingSender sender, TimeProvider time)
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly RequestSite Site = new(null, null, null);
    private static readonly string[] KnownErrors =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    private string? token;
    private DateTimeOffset expires;
    private bool inForm;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (token is null || time.GetUtcNow() >= expires)
            token = await RequestAsync(cancellationToken);
        return token;
    }

    /// <summary>Forgets the token, which the server refused.</summary>
    public void Discard() => token = null;

    private async Task<string> RequestAsync(CancellationToken cancellationToken)
    {
        var response = await sender.SendAsync(Create, Site, cancellationToken);
        if (!inForm && response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest)
        {
            // RFC 6749 2.3.1 prefers Basic; servers that know only the form answer 401, or 400 invalid_client or invalid_request.
            response.Dispose();
            inForm = true;
            response = await sender.SendAsync(Create, Site, cancellationToken);
        }

        using (response)
        {
            var body = await ReadAsync(response, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                inForm = false;
                throw Site.Fail(RosterFailures.TokenRefused, $"the token endpoint refused the client{ErrorIn(body)}", (int)response.StatusCode);
            }

            return Parse(body) ?? throw Site.Fail(RosterFailures.TokenInvalid, "the token endpoint's answer holds no access token");
        }
    }

    private HttpRequestMessage Create()
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (options.Scope is not null)
            form["scope"] = options.Scope;
        var request = new HttpRequestMessage(HttpMethod.Post, options.TokenUrl);
        if (inForm)
        {
            form["client_id"] = options.ClientId;
            form["client_secret"] = options.ClientSecret;
        }
        else
        {
            // RFC 6749 2.3.1: both parts are form-encoded before they are joined.
            var pair = $"{WebUtility.UrlEncode(options.ClientId)}:{WebUtility.UrlEncode(options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[LongestAnswer];
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return buffer.AsMemory(0, length);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw Site.Fail(RosterFailures.ConnectionLost, "the token endpoint broke off");
        }
    }

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

    /// <summary>The error code, if it is one of the specification's (RFC 6749 5.2); nothing of the server's own words.</summary>
    private static string ErrorIn(ReadOnlyMemory<byte> body)
    {
        foreach (var error in KnownErrors)
            if (body.Span.IndexOf(Encoding.ASCII.GetBytes($"\"{error}\"")) >= 0)
                return $" as {error}";
        return "";
    }
}
