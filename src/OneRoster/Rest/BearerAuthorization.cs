using System.Net.Http.Headers;

namespace OneRoster.Rest;

/// <summary>The same token with each request.</summary>
internal sealed class BearerAuthorization(string token) : IRequestAuthorization
{
    public ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return ValueTask.CompletedTask;
    }

    public bool Renew() => false;
}
