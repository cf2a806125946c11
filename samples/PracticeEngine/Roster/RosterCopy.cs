using System.Collections.Concurrent;

namespace Samples.PracticeEngine.Roster;

/// <summary>The engine's copy of a district's roster: ids of its own, who is in which class, and titles where the district gives them.</summary>
internal sealed class DistrictCopy
{
    public ConcurrentDictionary<string, SchoolClass> Classes { get; } = new();

    public ConcurrentDictionary<string, Learner> Learners { get; } = new();

    /// <summary>The classes of each learner.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<Membership>> Memberships { get; } = new();

    /// <summary>Changes of the feed that were taken in.</summary>
    public long Changes { get; set; }

    /// <summary>Whether all that the gateway was seen to have is taken in, and not only a part of it.</summary>
    public bool IsWhole { get; set; }

    /// <summary>People who were erased here because the gateway erased them.</summary>
    public long Erasures { get; set; }

    public void Forget(string learner)
    {
        Learners.TryRemove(learner, out _);
        Memberships.TryRemove(learner, out _);
    }
}

/// <summary>The copies, by district. A real engine keeps them in its database, the cursor beside them.</summary>
internal sealed class RosterCopies
{
    private readonly ConcurrentDictionary<string, DistrictCopy> _districts = new();

    public IReadOnlyDictionary<string, DistrictCopy> All => _districts;

    public DistrictCopy? Of(string district) => _districts.GetValueOrDefault(district);

    public void Put(string district, DistrictCopy copy) => _districts[district] = copy;

    public void Drop(string district) => _districts.TryRemove(district, out _);
}
