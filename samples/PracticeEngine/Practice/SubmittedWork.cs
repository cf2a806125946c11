using System.Collections.Concurrent;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

/// <summary>The last answers of each learner at each link, for a teacher who reviews them.</summary>
internal sealed class SubmittedWork
{
    private readonly ConcurrentDictionary<(string Learner, string Link), Attempt> _work = new();

    /// <summary>A guest's id never comes again, so a guest's work is nobody's.</summary>
    public void Keep(LearnerSession session, Attempt attempt)
    {
        if (!session.IsGuest)
            _work[(session.LearnerId, LinkOf(session))] = attempt;
    }

    /// <summary>The work that a review is about: the learner's that the launch names, at the launch's link. Null when there is none here.</summary>
    public Attempt? ReviewedIn(LearnerSession session) =>
        session.Launch.GetValueOrDefault("for_learner") is { } learner ? _work.GetValueOrDefault((learner, LinkOf(session))) : null;

    public void Forget(string learner)
    {
        foreach (var key in _work.Keys)
        {
            if (key.Learner == learner)
                _work.TryRemove(key, out _);
        }
    }

    private static string LinkOf(LearnerSession session) => session.Launch.GetValueOrDefault("resource_link_id", "");
}
