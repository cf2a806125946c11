using System.Collections.Concurrent;

namespace Samples.PracticeEngine.SignIn;

/// <summary>Sign-ins under way, by <c>state</c>; each is used once, by the browser that began it, within ten minutes.</summary>
internal sealed class PendingLogins(PracticeEngineOptions options)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, PendingLogin> _logins = new();

    public PendingLogin Begin(HttpContext http, string? targetPath, DateTimeOffset receivedAt, long startedAt)
    {
        foreach (var (old, login) in _logins)
        {
            if (login.ReceivedAt + Lifetime < receivedAt)
                _logins.TryRemove(old, out _);
        }
        var pending = new PendingLogin(
            Secrets.New(), Secrets.New(), Secrets.New(), Secrets.New(), targetPath ?? "/practice", receivedAt, startedAt);
        _logins[pending.State] = pending;
        http.Response.Cookies.Append(CookieName(pending.State), pending.BrowserSecret, FrameCookies.Options(Lifetime));
        return pending;
    }

    public PendingLogin? Take(HttpContext http, string state)
    {
        if (state.Length == 0 || !_logins.TryGetValue(state, out PendingLogin? login))
            return null;
        string name = CookieName(state);
        if (!Secrets.Same(http.Request.Cookies[name], login.BrowserSecret) || !_logins.TryRemove(state, out _))
            return null;
        FrameCookies.Drop(http.Response, name);
        return login.ReceivedAt + Lifetime > options.Time.GetUtcNow() ? login : null;
    }

    // A cookie for each sign-in, so that two tabs do not disturb each other.
    private static string CookieName(string state) => "engine_login_" + state[..8];
}

internal sealed record PendingLogin(
    string State, string Nonce, string CodeVerifier, string BrowserSecret, string TargetPath, DateTimeOffset ReceivedAt, long StartedAt);
