using OneRoster.Csv;
using OneRoster.Model;
using C = OneRoster.Model.RosterCollection;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Checks;

/// <summary>What only the whole roster shows: parents, circles, who is in no class, what is empty.</summary>
internal sealed class ClosingChecks(FindingLedger ledger, KnownRows known, RowChecks rows, OneRosterVersion version)
{
    public void Run()
    {
        if (rows.IsWhole(C.Orgs))
            CheckOrgs();
        if (rows.IsWhole(C.AcademicSessions))
            CheckSessions();
        if (rows.IsWhole(C.Users))
            foreach (var (user, line) in rows.Agents)
                if (!known.Users.TryGet(user, out _))
                    Report(R.UserAgentUnknown, C.Users, line, "agentSourcedIds");

        // Roles and enrollments may be missing because their files broke off or hold changes.
        if (version == OneRosterVersion.V1P2 && rows.IsWhole(C.UserRoles))
            Report(R.UserWithoutRole, C.Users, null, Usable(known.Users).Where(user => (user.Flags & (Known.Student | Known.Adult)) == 0).Select(user => user.Line));
        if (rows.IsWhole(C.Enrollments))
            CheckClasses();
        foreach (var collection in new[] { C.Orgs, C.Classes, C.Users, C.Enrollments })
            if (rows.IsWhole(collection) && rows.ActiveRows(collection) == 0)
                ledger.Add(R.CollectionEmpty, CsvSchema.FileOf(collection));
    }

    private void CheckOrgs()
    {
        var parents = known.Orgs.Entries.Select(org => (org.Key, org.Value.Parent, org.Value.Line)).ToList();
        Report(R.OrgParentUnknown, C.Orgs, "parentSourcedId", parents.Where(org => org.Parent != 0 && !known.Orgs.TryGet(org.Parent, out _)).Select(org => org.Line));
        Report(R.OrgParentCycle, C.Orgs, "parentSourcedId", Circles(parents));
        Report(R.RefersToDeleted, C.Orgs, "parentSourcedId", Usable(known.Orgs).Where(org => IsDeleted(known.Orgs, org.Parent)).Select(org => org.Line));
    }

    private void CheckSessions()
    {
        var parents = known.Sessions.Entries.Select(session => (session.Key, session.Value.Parent, session.Value.Line)).ToList();
        Report(R.SessionParentUnknown, C.AcademicSessions, "parentSourcedId",
            parents.Where(session => session.Parent != 0 && !known.Sessions.TryGet(session.Parent, out _)).Select(session => session.Line));
        Report(R.SessionParentCycle, C.AcademicSessions, "parentSourcedId", Circles(parents));
        Report(R.SessionOutsideParent, C.AcademicSessions, "parentSourcedId", Usable(known.Sessions).Where(IsOutside).Select(session => session.Line));
        Report(R.RefersToDeleted, C.AcademicSessions, "parentSourcedId", Usable(known.Sessions).Where(session => IsDeleted(known.Sessions, session.Parent)).Select(session => session.Line));
    }

    private void CheckClasses()
    {
        if (rows.IsWhole(C.Users))
            Report(R.StudentWithoutClass, C.Users, null,
                Usable(known.Users).Where(user => (user.Flags & (Known.Student | Known.Adult | Known.Enrolled)) == Known.Student).Select(user => user.Line));
        if (!rows.IsWhole(C.Classes))
            return;
        var open = Usable(known.Classes).Where(@class => (@class.Flags & Known.Ended) == 0).ToList();
        Report(R.ClassWithoutTeacher, C.Classes, null, open.Where(@class => (@class.Flags & (Known.Attended | Known.Taught)) == Known.Attended).Select(@class => @class.Line));
        Report(R.ClassWithoutStudent, C.Classes, null, open.Where(@class => (@class.Flags & Known.Attended) == 0).Select(@class => @class.Line));
    }

    private bool IsOutside(KnownSession session) =>
        session.Parent != 0 && known.Sessions.TryGet(session.Parent, out var parent) && (parent.Flags & Known.Broken) == 0
        && (session.Start < parent.Start || session.End > parent.End);

    private static bool IsDeleted<T>(CompactMap<T> map, ulong id)
        where T : unmanaged, IKnown => id != 0 && map.TryGet(id, out var facts) && (facts.Flags & (Known.Active | Known.Broken)) == 0;

    private static IEnumerable<T> Usable<T>(CompactMap<T> map)
        where T : unmanaged, IKnown => map.Entries.Select(entry => entry.Value).Where(facts => (facts.Flags & (Known.Active | Known.Broken)) == Known.Active);

    /// <summary>The first line of each circle. Everyone walks upwards until somebody is met who was met before.</summary>
    private static List<uint> Circles(List<(ulong Key, ulong Parent, uint Line)> all)
    {
        var parents = all.ToDictionary(one => one.Key);
        var metBy = new Dictionary<ulong, ulong>();
        var lines = new List<uint>();
        foreach (var (start, _, _) in all)
        {
            var at = start;
            while (parents.TryGetValue(at, out var one) && metBy.TryAdd(at, start))
                at = one.Parent;
            if (!parents.ContainsKey(at) || metBy[at] != start)
                continue;
            var first = uint.MaxValue;
            for (var turn = at; ;)
            {
                first = Math.Min(first, parents[turn].Line);
                turn = parents[turn].Parent;
                if (turn == at)
                    break;
            }

            // A walk that ends where it began to circle has found it; walks that lead into it later meet somebody else's steps.
            lines.Add(first);
        }

        return lines;
    }

    private void Report(string rule, C collection, string? column, IEnumerable<uint> lines)
    {
        foreach (var line in lines.Order())
            Report(rule, collection, line, column);
    }

    private void Report(string rule, C collection, long line, string? column) => ledger.Add(rule, CsvSchema.FileOf(collection), line, column);
}
