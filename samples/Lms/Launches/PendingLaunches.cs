using System.Collections.Concurrent;

namespace Samples.Lms.Launches;

/// <summary>Launches that were begun: what <c>lti_message_hint</c> stands for. Each is used once, within five minutes.</summary>
internal sealed class PendingLaunches(LmsOptions options)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (string UserId, bool Framed, DateTimeOffset Expires)> _launches = new();

    public string Begin(LmsPerson person, bool framed)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        foreach (var (old, launch) in _launches)
        {
            if (launch.Expires < now)
                _launches.TryRemove(old, out _);
        }
        string hint = Secrets.New();
        _launches[hint] = (person.UserId, framed, now + Lifetime);
        return hint;
    }

    /// <summary>Whether the launch is in a frame; null when the hint is unknown, used up, too old or another person's.</summary>
    public bool? Take(string hint, LmsPerson person) =>
        _launches.TryRemove(hint, out var launch) && launch.UserId == person.UserId && launch.Expires > options.Time.GetUtcNow()
            ? launch.Framed
            : null;
}
