using System.Collections.Concurrent;

namespace Samples.PracticeEngine.SignIn;

internal sealed class LearnerSessions(PracticeEngineOptions options)
{
    private const string Cookie = "engine_session";
    private readonly ConcurrentDictionary<string, LearnerSession> _sessions = new();

    public void Start(HttpContext http, LearnerSession session)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        foreach (var (old, other) in _sessions)
        {
            if (other.Expires < now)
                _sessions.TryRemove(old, out _);
        }
        string id = Secrets.New();
        _sessions[id] = session;
        http.Response.Cookies.Append(Cookie, id, FrameCookies.Options());
    }

    /// <summary>Ends the sessions of a learner, with the attempts in them.</summary>
    public void Forget(string learner)
    {
        foreach (var (id, session) in _sessions)
        {
            if (session.LearnerId == learner)
                _sessions.TryRemove(id, out _);
        }
    }

    public LearnerSession? Of(HttpContext http) =>
        http.Request.Cookies[Cookie] is { } id && _sessions.TryGetValue(id, out LearnerSession? session)
        && session.Expires > options.Time.GetUtcNow()
            ? session
            : null;
}
