using System.Collections.Concurrent;

namespace Samples.Lms.Registration;

/// <summary>Registration tokens: good for an hour, and for one tool.</summary>
public sealed class RegistrationTokens(LmsOptions options)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new();

    public string Issue()
    {
        string token = Secrets.New();
        _tokens[token] = options.Time.GetUtcNow() + Lifetime;
        return token;
    }

    internal bool IsGood(HttpContext http) => Bearer(http) is { } token && _tokens.TryGetValue(token, out DateTimeOffset until) && until > options.Time.GetUtcNow();

    internal void Spend(HttpContext http)
    {
        if (Bearer(http) is { } token)
            _tokens.TryRemove(token, out _);
    }

    private static string? Bearer(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is { } value && value.StartsWith("Bearer ", StringComparison.Ordinal) ? value[7..] : null;
}
