using System.Collections.Concurrent;

namespace Samples.Lms;

/// <summary>
/// Who is signed in. Two cookies carry the same session: a plain one, and one that browsers also send when the LMS's authorization
/// endpoint is opened inside a frame by a tool of another site.
/// </summary>
internal sealed class Sessions(LmsCourse course)
{
    private const string Plain = "lms_session";
    private const string Framed = "lms_session_framed";
    private readonly ConcurrentDictionary<string, string> _userIds = new();

    public void SignIn(HttpContext http, LmsPerson person)
    {
        string id = Secrets.New();
        _userIds[id] = person.UserId;
        http.Response.Cookies.Append(Plain, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
        http.Response.Cookies.Append(Framed, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.None, Secure = true });
    }

    public void SignOut(HttpContext http)
    {
        foreach (string name in new[] { Plain, Framed })
        {
            if (http.Request.Cookies[name] is { } id)
                _userIds.TryRemove(id, out _);
        }
        http.Response.Cookies.Delete(Plain);
        http.Response.Cookies.Delete(Framed, new CookieOptions { SameSite = SameSiteMode.None, Secure = true });
    }

    public LmsPerson? Of(HttpContext http)
    {
        string? id = http.Request.Cookies[Plain] ?? http.Request.Cookies[Framed];
        return id is not null && _userIds.TryGetValue(id, out string? userId) ? course.ByUserId(userId) : null;
    }
}
