using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OneRoster.Rest;

/// <summary>One way to ask a token endpoint: where the client's secret goes, and where the scope.</summary>
internal sealed record TokenRequest(bool SecretInForm, bool ScopeInQuery)
{
    /// <summary>
    /// The ways in the order in which they are tried. RFC 6749 2.3.1 prefers Basic and 4.4.2 puts the scope into the form; Synergy
    /// knows only the form, Infinite Campus wants the scope in the query.
    /// </summary>
    public static IReadOnlyList<TokenRequest> Ways(bool withScope) => withScope
        ? [new(false, false), new(true, false), new(false, true), new(true, true)]
        : [new(false, false), new(true, false)];

    public HttpRequestMessage Create(RestAccess.ClientCredentials access, string scope)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        var request = new HttpRequestMessage(HttpMethod.Post, ScopeInQuery ? WithScope(access.TokenUrl, scope) : access.TokenUrl);
        if (scope.Length > 0 && !ScopeInQuery)
            form["scope"] = scope;
        if (SecretInForm)
        {
            form["client_id"] = access.ClientId;
            form["client_secret"] = access.ClientSecret;
        }
        else
        {
            // RFC 6749 2.3.1: both parts are form-encoded before they are joined.
            var pair = $"{WebUtility.UrlEncode(access.ClientId)}:{WebUtility.UrlEncode(access.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    private static Uri WithScope(Uri url, string scope) =>
        new(url.AbsoluteUri + (url.Query.Length > 0 ? "&" : "?") + "scope=" + Uri.EscapeDataString(scope));
}
