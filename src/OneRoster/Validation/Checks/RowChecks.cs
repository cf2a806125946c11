using OneRoster.Csv;
using OneRoster.Model;
using C = OneRoster.Model.RosterCollection;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Checks;

/// <summary>
/// Checks each row against those before it: files are read in an order in which references point backwards. What points forwards, and what
/// only the whole roster shows, <see cref="ClosingChecks"/> finds.
/// </summary>
internal sealed class RowChecks(FindingLedger ledger, KnownRows known, OneRosterVersion version, DateOnly today) : IForeignIds
{
    /// <summary>A value that more users share is nobody's.</summary>
    public const int MostRecordsOfOnePerson = 4;

    private readonly HashSet<C> whole = [];
    private readonly Dictionary<C, long> active = [];
    private readonly List<(ulong User, long Line)> agents = [];

    /// <summary>Users' agents, who may come later in the file.</summary>
    public IReadOnlyList<(ulong User, long Line)> Agents => agents;

    /// <summary>Whether a collection was read to its end and holds everything, so that what is not among its ids does not exist.</summary>
    public bool IsWhole(C collection) => whole.Contains(collection);

    public void Complete(C collection) => whole.Add(collection);

    public long ActiveRows(C collection) => active.GetValueOrDefault(collection);

    /// <summary>A row was dropped: its id is known all the same.</summary>
    public void TakeBroken(C collection, ulong id)
    {
        if (id == 0)
            return;
        _ = collection switch
        {
            C.Orgs => Mark(ref known.Orgs.At(id, out _)),
            C.AcademicSessions => Mark(ref known.Sessions.At(id, out _)),
            C.Courses => Mark(ref known.Courses.At(id, out _)),
            C.Classes => Mark(ref known.Classes.At(id, out _)),
            C.Users => Mark(ref known.Users.At(id, out _)),
            _ => false,
        };
    }

    public void Take(RosterRow row, ulong id, long line)
    {
        switch (row)
        {
            case Org org:
                Add(known.Orgs, id, new KnownOrg(State(org.Status) | (org.Type == OrgType.School ? Known.School : 0), (uint)line, Hash(org.Parent)), C.Orgs, line);
                break;
            case AcademicSession session:
                Take(session, id, line);
                break;
            case Course course:
                Add(known.Courses, id, new KnownCourse(State(course.Status)), C.Courses, line);
                if (course.Org is { } offers)
                    Refer(known.Orgs, C.Orgs, offers, C.Courses, line, "orgSourcedId", R.CourseOrgUnknown, course.Status);
                break;
            case Class @class:
                Take(@class, id, line);
                break;
            case User user:
                Take(user, id, line);
                break;
            case UserRole role:
                Take(role, id, line);
                break;
            case Enrollment enrollment:
                Take(enrollment, id, line);
                break;
        }
    }

    public void TakeCourseYear(ulong session, long line)
    {
        if (IsWhole(C.AcademicSessions) && !known.Sessions.TryGet(session, out _))
            Report(R.CourseYearUnknown, C.Courses, line, "schoolYearSourcedId");
    }

    public void TakeAgent(ulong user, long line) => agents.Add((user, line));

    private void Take(AcademicSession session, ulong id, long line)
    {
        var facts = new KnownSession(State(session.Status), (uint)line, Hash(session.Parent), session.Start.DayNumber, session.End.DayNumber);
        Add(known.Sessions, id, facts, C.AcademicSessions, line);
        CheckSpan(session.Start, session.End, C.AcademicSessions, line);
    }

    private void Take(Class @class, ulong id, long line)
    {
        Refer(known.Courses, C.Courses, @class.Course, C.Classes, line, "courseSourcedId", R.ClassCourseUnknown, @class.Status);
        Refer(known.Orgs, C.Orgs, @class.School, C.Classes, line, "schoolSourcedId", R.ClassSchoolUnknown, @class.Status);
        var school = Hash(@class.School);
        if (known.Orgs.TryGet(school, out var org) && (org.Flags & (Known.School | Known.Broken)) == 0)
            Report(R.ClassSchoolNotSchool, C.Classes, line, "schoolSourcedId");

        var (found, latest) = (0, 0);
        foreach (var term in @class.Terms)
            if (known.Sessions.TryGet(Hash(term), out var session))
                (found, latest) = (found + 1, Math.Max(latest, (session.Flags & Known.Broken) != 0 ? int.MaxValue : session.End));
        var ended = found == @class.Terms.Count && latest <= today.DayNumber;
        if (ended && @class.Status == RosterStatus.Active)
            Report(R.ClassEnded, C.Classes, line, "termSourcedIds");
        if (found < @class.Terms.Count && IsWhole(C.AcademicSessions))
            Report(found == 0 ? R.ClassWithoutTerm : R.ClassTermUnknown, C.Classes, line, "termSourcedIds");
        Add(known.Classes, id, new KnownClass(State(@class.Status) | (ended ? Known.Ended : 0), (uint)line, school), C.Classes, line);
    }

    private void Take(User user, ulong id, long line)
    {
        Add(known.Users, id, new KnownUser(State(user.Status), (uint)line), C.Users, line);
        if (user.PrimaryOrg is { } org)
            Refer(known.Orgs, C.Orgs, org, C.Users, line, "primaryOrgSourcedId", R.UserOrgUnknown, user.Status);
        if (user.MasterIdentifier is { } master && ++known.MasterIdentifiers.At(master.Digest(), out _) is > 1 and var records)
            Report(records > MostRecordsOfOnePerson ? R.PersonShared : R.PersonRepeated, C.Users, line, "userMasterIdentifier");
    }

    /// <summary>1.1 has no file of roles: they stand in the line of their user.</summary>
    private void Take(UserRole role, ulong id, long line)
    {
        var user = Hash(role.User);
        var old = version == OneRosterVersion.V1P1;
        var file = old ? C.Users : C.UserRoles;
        if (!old)
        {
            Refer(known.Users, C.Users, role.User, file, line, "userSourcedId", R.RoleUserUnknown, role.Status);
            CheckSpan(role.Begin, role.End, file, line);
            if (id != 0 && !known.Roles.Add(id))
                Report(R.Duplicate, file, line, "sourcedId");
        }

        Refer(known.Orgs, C.Orgs, role.Org, file, line, old ? "orgSourcedIds" : "orgSourcedId", R.RoleOrgUnknown, role.Status);
        if (IsOfOtherVersion(role.Role))
            Report(R.WordOfOtherVersion, file, line, "role");
        if (role.Status != RosterStatus.Active)
            return;
        Count(C.UserRoles);
        // A role in an organisation that does not exist is dropped, and nobody is what it said.
        if (known.Users.TryGet(user, out _) && (!IsWhole(C.Orgs) || known.Orgs.TryGet(Hash(role.Org), out _)))
            known.Users.Get(user).Flags |= role.Role switch
            {
                RosterRole.Student => Known.Student,
                RosterRole.Teacher => Known.Adult | Known.Teacher,
                _ => Known.Adult,
            };
        if (!old && role.RoleType == RoleType.Primary && !known.PrimaryRoles.Add(IdHash.Of(user, Hash(role.Org))))
            Report(R.UserPrimaryRoles, file, line, "roleType");
    }

    private void Take(Enrollment enrollment, ulong id, long line)
    {
        var (user, @class, isStudent) = (Hash(enrollment.User), Hash(enrollment.Class), enrollment.Role == RosterRole.Student);
        Refer(known.Users, C.Users, enrollment.User, C.Enrollments, line, "userSourcedId", R.EnrollmentUserUnknown, enrollment.Status);
        Refer(known.Classes, C.Classes, enrollment.Class, C.Enrollments, line, "classSourcedId", R.EnrollmentClassUnknown, enrollment.Status);
        Refer(known.Orgs, C.Orgs, enrollment.School, C.Enrollments, line, "schoolSourcedId", R.EnrollmentSchoolUnknown, enrollment.Status);
        CheckSpan(enrollment.Begin, enrollment.End, C.Enrollments, line);
        if (id != 0 && !known.Enrollments.Add(id))
            Report(R.Duplicate, C.Enrollments, line, "sourcedId");
        if (enrollment.Status != RosterStatus.Active)
            return;

        Count(C.Enrollments);
        if (!known.Places.Add(IdHash.Of(user, @class, (ulong)enrollment.Role)))
            Report(R.EnrollmentRepeated, C.Enrollments, line, null);
        if (known.Classes.TryGet(@class, out var of))
        {
            known.Classes.Get(@class).Flags |= isStudent ? Known.Attended : Known.Taught;
            if ((of.Flags & Known.Broken) == 0 && of.School != Hash(enrollment.School)
                && known.Orgs.TryGet(of.School, out _) && known.Orgs.TryGet(Hash(enrollment.School), out _))
                Report(R.EnrollmentSchoolMismatch, C.Enrollments, line, "schoolSourcedId");
        }

        if (!known.Users.TryGet(user, out var person))
            return;
        if (isStudent)
            known.Users.Get(user).Flags |= Known.Enrolled;
        if (!IsWhole(version == OneRosterVersion.V1P1 ? C.Users : C.UserRoles))
            return;
        if (isStudent && (person.Flags & (Known.Student | Known.Adult)) == Known.Adult)
            Report(R.EnrollmentRoleUnfit, C.Enrollments, line, "role");
        else if (enrollment.Role == RosterRole.Teacher && (person.Flags & (Known.Student | Known.Teacher)) != Known.Teacher)
            Report(R.EnrollmentTeacherUnfit, C.Enrollments, line, "role");
    }

    private static bool Mark<T>(ref T facts)
        where T : IKnown
    {
        facts.Flags |= Known.Broken;
        return true;
    }

    private void Add<T>(CompactMap<T> map, ulong id, T facts, C collection, long line)
        where T : unmanaged, IKnown
    {
        if ((facts.Flags & Known.Active) != 0)
            Count(collection);
        ref var at = ref map.At(id, out var existed);
        if (!existed)
            at = facts;
        else
            Report(R.Duplicate, collection, line, "sourcedId");
    }

    private void Refer<T>(CompactMap<T> map, C to, SourcedId id, C from, long line, string column, string unknown, RosterStatus status)
        where T : unmanaged, IKnown
    {
        if (map.TryGet(Hash(id), out var facts))
        {
            if (status == RosterStatus.Active && (facts.Flags & (Known.Active | Known.Broken)) == 0)
                Report(R.RefersToDeleted, from, line, column);
        }
        else if (IsWhole(to))
        {
            Report(unknown, from, line, column);
        }
    }

    private void CheckSpan(DateOnly? begin, DateOnly? end, C collection, long line)
    {
        if (begin is not null && begin == end)
            Report(R.SpanWithoutDays, collection, line, "endDate");
    }

    private bool IsOfOtherVersion(RosterRole role) => version == OneRosterVersion.V1P1
        ? role is RosterRole.Counselor or RosterRole.Principal or RosterRole.DistrictAdministrator or RosterRole.SiteAdministrator or RosterRole.SystemAdministrator
        : role is RosterRole.Administrator;

    private void Count(C collection) => active[collection] = ActiveRows(collection) + 1;

    private void Report(string rule, C collection, long line, string? column) => ledger.Add(rule, CsvSchema.FileOf(collection), line, column);

    private static Known State(RosterStatus status) => status == RosterStatus.Active ? Known.Active : Known.None;

    private static ulong Hash(SourcedId? id) => id is { } given ? given.Digest() : 0;
}
