using Lti.Launches;

namespace Lti.Security;

/// <summary>Fetches one key set.</summary>
internal sealed class JwksFetch(LtiHttp http, JwksOptions limits)
{
    public async Task<(IReadOnlyList<PlatformKey>? Keys, LaunchRefusal? Fault)> RunAsync(Uri jwksUri, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, jwksUri);
        request.Headers.Accept.ParseAdd("application/jwk-set+json");
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await http.SendAsync(request, limits.MaxBytes, cancellationToken);
        if (answer is null) return (null, LaunchRefusal.KeysUnreachable);
        if (answer.IsRedirect) return (null, LaunchRefusal.KeysRedirected);
        if (!answer.IsSuccess) return (null, LaunchRefusal.KeysUnreachable);
        if (answer.IsTruncated) return (null, LaunchRefusal.KeysTooLarge);
        return JwksDocument.Read(answer.Body.Span, limits.MaxKeys, out var keys) is { } fault ? (null, fault) : (keys, null);
    }
}
