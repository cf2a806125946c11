using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class Collections
{
    public static readonly Dictionary<string, Collection> ByName = new(StringComparer.Ordinal)
    {
        ["orgs"] = Orgs("orgs", 0),
        ["schools"] = Orgs("orgs", 1),
        ["academicSessions"] = Sessions(0),
        ["terms"] = Sessions(1),
        ["courses"] = new Collection<Course>
        {
            Wrapper = "courses",
            Single = "course",
            Count = r => r.District.Courses,
            Rows = (r, skip) => From(skip, r.District.Courses, r.District.Course),
            Write = CourseJson.Write,
            Values = new() { ["sourcedId"] = c => c.SourcedId, ["title"] = c => c.Title, ["courseCode"] = c => c.Code },
        },
        ["classes"] = new Collection<SchoolClass>
        {
            Wrapper = "classes",
            Single = "class",
            Count = r => r.District.Classes,
            Rows = (r, skip) => From(skip, r.District.Classes, r.District.Class),
            Write = ClassJson.Write,
            Values = new()
            {
                ["sourcedId"] = c => c.SourcedId,
                ["title"] = c => c.Title,
                ["classType"] = c => c.Homeroom ? "homeroom" : "scheduled",
                ["school.sourcedId"] = c => c.SchoolSourcedId,
            },
        },
        ["users"] = People(students: true, teachers: true),
        ["students"] = People(students: true, teachers: false),
        ["teachers"] = People(students: false, teachers: true),
        ["enrollments"] = new Collection<Enrollment>
        {
            Wrapper = "enrollments",
            Single = "enrollment",
            Count = r => r.EnrollmentRows,
            Rows = (r, skip) => r.Enrollments(skip),
            Write = EnrollmentJson.Write,
            Student = e => e.Role == PersonRole.Student ? e.PersonIndex : null,
            Values = new()
            {
                ["sourcedId"] = e => e.SourcedId,
                ["role"] = e => RoleName.Of(e.Role),
                ["class.sourcedId"] = e => e.ClassSourcedId,
                ["user.sourcedId"] = e => e.UserSourcedId,
                ["school.sourcedId"] = e => e.SchoolSourcedId,
            },
        },
        ["demographics"] = new Collection<Demographics>
        {
            Wrapper = "demographics",
            Single = "demographics",
            Demographics = true,
            Count = r => r.StudentRows,
            Rows = (r, skip) => r.StudentIndexes(skip).Select(r.District.Demographics),
            Write = DemographicsJson.Write,
            Student = d => d.StudentIndex,
            Values = new() { ["sourcedId"] = d => d.SourcedId },
        },
    };

    private static Collection<Org> Orgs(string wrapper, int first) => new()
    {
        Wrapper = wrapper,
        Single = "org",
        Count = r => r.District.Orgs - first,
        Rows = (r, skip) => From(skip + first, r.District.Orgs, r.District.Org),
        Write = OrgJson.Write,
        Values = new()
        {
            ["sourcedId"] = o => o.SourcedId,
            ["name"] = o => o.Name,
            ["identifier"] = o => o.Identifier,
            ["type"] = o => o.Type == OrgType.District ? "district" : "school",
        },
    };

    private static Collection<AcademicSession> Sessions(int first) => new()
    {
        Wrapper = "academicSessions",
        Single = "academicSession",
        Count = r => r.District.Sessions - first,
        Rows = (r, skip) => From(skip + first, r.District.Sessions, r.District.Session),
        Write = SessionJson.Write,
        Values = new()
        {
            ["sourcedId"] = s => s.SourcedId,
            ["title"] = s => s.Title,
            ["type"] = s => s.Type == SessionType.Term ? "term" : "schoolYear",
        },
    };

    // Students' sourcedIds come before teachers' in the ordinal order.
    private static Collection<Person> People(bool students, bool teachers) => new()
    {
        Wrapper = "users",
        Single = "user",
        Count = r => (students ? r.StudentRows : 0) + (teachers ? r.District.Teachers : 0),
        Rows = (r, skip) => (students ? r.StudentIndexes(skip).Select(r.District.Student) : []).Concat(
            teachers ? From(Math.Max(0, skip - (students ? r.StudentRows : 0)), r.District.Teachers, r.District.Teacher) : []),
        Write = UserJson.Write,
        Student = p => p.Role == PersonRole.Student ? p.Index : null,
        Values = new()
        {
            ["sourcedId"] = p => p.SourcedId,
            ["role"] = p => RoleName.Of(p.Role),
            ["roles.role"] = p => RoleName.Of(p.Role),
            ["username"] = p => p.Username,
            ["identifier"] = p => p.Number,
            ["email"] = p => p.Email,
            ["familyName"] = p => p.FamilyName,
        },
    };

    private static IEnumerable<T> From<T>(int first, int count, Func<int, T> make)
    {
        for (int i = first; i < count; i++)
            yield return make(i);
    }
}
