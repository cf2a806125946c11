using System.IO.Compression;
using static Gateway.Bench.Rosters.MadeUpRoster;

namespace Gateway.Bench.Rosters;

/// <summary>
/// Writes a made-up roster as a OneRoster 1.2 CSV archive, row by row, with the personal columns filled as real exports fill them: the
/// reader has to skip them. <c>bench roster-archive FILE STUDENTS ENROLLMENTS-EACH CHANGED-PER-MILLE</c>
/// </summary>
internal sealed class RosterArchive(MadeUpRoster roster, ZipArchive archive) : IDisposable
{
    private static readonly string[] Given = ["Ada", "Benjamín", "Chloë", "Dmitri", "Esperanza", "Farid", "Grace", "Hiroshi", "Imani", "José", "Kwame", "Lucía"];
    private static readonly string[] Family = ["Alvarez", "Brown", "Chen", "Dubois", "Eriksson", "Fernández", "Garcia", "Hughes", "Ivanov", "Johnson", "O'Neill"];
    private static readonly string[] Subjects = ["Mathematics", "English Language Arts", "Science", "Social Studies", "Art", "Physical Education", "Music"];
    private const string Enrollments = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate";
    private RowWriter? rows;

    public static async Task WriteAsync(string path, MadeUpRoster roster)
    {
        await using var file = new FileStream(path, FileMode.Create);
        await using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        using var writer = new RosterArchive(roster, archive);
        writer.WriteManifest();
        writer.WriteSchools();
        writer.WriteClasses();
        writer.WritePeople();
        writer.WriteEnrollments();
    }

    /// <summary>One change of that roster: the first student is in one more class.</summary>
    public static async Task WriteChangeAsync(string path, MadeUpRoster roster)
    {
        await using var file = new FileStream(path, FileMode.Create);
        await using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        using var writer = new RosterArchive(roster, archive);
        writer.WriteManifest(of: "enrollments");
        writer.WriteChange();
    }

    public void Dispose() => rows?.Dispose();

    /// <param name="of">The one file, which has changes; null: all files, which have everything.</param>
    private void WriteManifest(string? of = null)
    {
        Open("manifest.csv", "propertyName,value");
        foreach (var property in (string[])["manifest.version,1.0", "oneroster.version,1.2", "source.systemName,Made-up SIS", "source.systemCode,made-up"])
            rows!.Row($"{property}\n");
        foreach (var name in (string[])["academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users"])
            rows!.Row($"file.{name},{(of is null ? "bulk" : name == of ? "delta" : "absent")}\n");
        foreach (var name in (string[])["categories", "classResources", "courseResources", "demographics", "lineItems", "resources", "results", "userProfiles"])
            rows!.Row($"file.{name},absent\n");
    }

    private void WriteSchools()
    {
        Open("orgs.csv", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId");
        rows!.Row($"{Id('d', 0)},,,Made-up Unified School District,district,0000001,\n");
        for (var i = 0; i < roster.Schools; i++)
            rows!.Row($"{Id('o', i)},,,{Family[i % Family.Length]} Elementary School {i},school,{10_000_000 + i},{Id('d', 0)}\n");

        Open("academicSessions.csv", "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear");
        rows!.Row($"{Id('y', 0)},,,2026-2027,schoolYear,2026-08-10,2027-06-05,,2027\n");
        for (var i = 0; i < Terms; i++)
            rows!.Row($"{Id('t', i)},,,Semester {i + 1},semester,{(i == 0 ? "2026-08-10,2027-01-11" : "2027-01-11,2027-06-05")},{Id('y', 0)},2027\n");
    }

    private void WriteClasses()
    {
        Open("courses.csv", "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes");
        for (var i = 0; i < roster.Courses; i++)
            rows!.Row($"{Id('c', i)},,,{Id('y', 0)},{Subjects[i / 13]} {i % 13:00},{i:000000},{i % 13:00},{Id('d', 0)},{Subjects[i / 13]},{i / 13:00000}\n");

        Open("classes.csv", "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods");
        for (var i = 0; i < roster.Classes; i++)
        {
            rows!.Row($"{Id('k', i)},,,{Subjects[roster.CourseOf(i) / 13]} - Section {i % 24},{roster.CourseOf(i) % 13:00},{Id('c', roster.CourseOf(i))},");
            rows!.Row($"{i:0000000}-{i % 24:00},scheduled,Room {i % 90},{Id('o', roster.SchoolOfClass(i))},");
            rows!.Row($"\"{Id('t', 0)},{Id('t', 1)}\",{Subjects[roster.CourseOf(i) / 13]},{roster.CourseOf(i) / 13:00000},{1 + (i % 8)}\n");
        }
    }

    private void WritePeople()
    {
        Open("users.csv", "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns");
        for (var i = 0; i < roster.Students; i++)
            User(roster.StudentId(i), i, SchoolOf(i), GradeOf(i));
        for (var i = 0; i < roster.Teachers; i++)
            User(Id('p', i), 9_000_000 + i, roster.SchoolOfTeacher(i), null);

        Open("roles.csv", "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId");
        for (var i = 0; i < roster.Students; i++)
            rows!.Row($"{Id('r', i)},,,{roster.StudentId(i)},primary,student,2026-08-10,2027-06-05,{Id('o', SchoolOf(i))},\n");
        for (var i = 0; i < roster.Teachers; i++)
            rows!.Row($"{Id('q', i)},,,{Id('p', i)},primary,teacher,2026-08-10,2027-06-05,{Id('o', roster.SchoolOfTeacher(i))},\n");
    }

    private void User(Guid id, int number, int school, int? grade)
    {
        var mixed = MadeUpRoster.Mixed((ulong)number);
        var given = Given[mixed % (ulong)Given.Length];
        var family = Family[mixed / 64 % (ulong)Family.Length];
        var middle = (char)('A' + (mixed / 4096 % 26));
        rows!.Row($"{id},,,true,{family}.{number},{{LDAP:{number:00000000}}},{given},{family},{middle}.,{number:00000000},{family}.{number}@students.example.org,,");
        rows!.Row($"+1-555-{mixed % 10_000_000:0000000},");
        if (grade is { } taught)
            rows!.Row($"{Id('g', number)},{taught:00},,{Id('m', number)},{given},,{family},{Id('o', school)},\n");
        else
            rows!.Row($",,,{Id('m', number)},{given},,{family},{Id('o', school)},\n");
    }

    private void WriteChange()
    {
        Open("enrollments.csv", Enrollments);
        rows!.Row($"{Id('n', 0)},active,2026-11-20T01:00:00Z,{Id('k', roster.ClassOf(300, 0))},{Id('o', 0)},{roster.StudentId(0)},student,false,2026-11-20,2027-06-05\n");
    }

    private void WriteEnrollments()
    {
        Open("enrollments.csv", Enrollments);
        for (var i = 0; i < roster.Students; i++)
        {
            var (person, school, end) = (roster.StudentId(i), Id('o', SchoolOf(i)), roster.Ends(i) ? "2027-05-01" : "2027-06-05");
            for (var subject = 0; subject < roster.EnrollmentsEach; subject++)
                rows!.Row($"{roster.StudentEnrollmentId(i, subject)},,,{Id('k', roster.ClassOf(i, subject))},{school},{person},student,false,2026-08-10,{end}\n");
        }

        for (var i = 0; i < roster.Classes; i++)
            rows!.Row($"{Id('f', i)},,,{Id('k', i)},{Id('o', roster.SchoolOfClass(i))},{Id('p', TeacherOf(i))},teacher,true,2026-08-10,2027-06-05\n");
    }

    private void Open(string name, string header)
    {
        rows?.Dispose();
        rows = new RowWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open());
        rows.Row($"{header}\n");
    }
}
