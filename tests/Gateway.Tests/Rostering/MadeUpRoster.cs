using System.Text;

namespace Gateway.Tests.Rostering;

/// <summary>
/// A small OneRoster 1.2 district in CSV, to be bent by a test before it is written: 2 schools, 3 classes, 6 students in 2 classes each,
/// 2 teachers, a guardian without a class. Every field that must never be stored is planted with a value that can be searched for.
/// </summary>
internal sealed class MadeUpRoster
{
    public const string Plant = "Plantedname";

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["academicSessions"] = "title,type,startDate,endDate,parentSourcedId,schoolYear",
        ["orgs"] = "name,type,identifier,parentSourcedId",
        ["courses"] = "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
        ["classes"] = "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
        ["users"] = "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
            + "userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.note",
        ["roles"] = "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
        ["enrollments"] = "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    };

    private readonly Dictionary<string, List<string>> files = Headers.Keys.ToDictionary(name => name, _ => new List<string>());

    public MadeUpRoster()
    {
        Record("academicSessions", "year", "", Personal("title"), "schoolYear", "2026-08-01", "2027-07-01", "", "2027");
        Record("academicSessions", "fall", "", Personal("title"), "semester", "2026-08-01", "2027-01-16", "year", "2027");
        Record("orgs", "district", "", Personal("name"), "district");
        Record("orgs", "north", "", Personal("name"), "school", Personal("number"), "district");
        Record("orgs", "south", "", Personal("name"), "school", Personal("number"), "district");
        Record("courses", "algebra", "", "year", Personal("title"), Personal("code"), "09", "north", "Algebra");
        Class("class-1", "north").Class("class-2", "north").Class("class-3", "south");
        for (var student = 1; student <= 6; student++)
        {
            Person($"student-{student}", "student", student <= 3 ? "north" : "south");
            Enroll($"student-{student}", student <= 3 ? "class-1" : "class-2");
            Enroll($"student-{student}", "class-3");
        }

        for (var teacher = 1; teacher <= 2; teacher++)
        {
            Person($"teacher-{teacher}", "teacher", "north");
            Enroll($"teacher-{teacher}", $"class-{teacher}", "teacher");
        }

        Person("guardian-1", "guardian", "north");
    }

    /// <summary>A roster without a row, to be filled with changes.</summary>
    public static MadeUpRoster Nothing()
    {
        var roster = new MadeUpRoster();
        foreach (var file in Headers.Keys)
            roster.Remove(file, _ => true);
        return roster;
    }

    public static string Personal(string field) => $"{Plant}-{field}";

    public MadeUpRoster Class(string id, string school, string course = "algebra", string terms = "fall", string status = "") => Record(
        "classes", id, status, Personal("title"), "09", course, Personal("code"), "scheduled", Personal("room"), school, terms, "Algebra");

    public MadeUpRoster User(string id, string enabled = "true", string status = "") => Record(
        "users", id, status, enabled, Personal("username"), "{LDAP:" + Personal("userid") + "}", Personal("given"), Personal("family"), Personal("middle"),
        Personal("number"), Personal("mail") + "@example.org", "555-" + Plant, "556-" + Plant, "", "09", Personal("password"),
        Personal("master"), Personal("preferred"), Personal("preferred"), Personal("preferred"), "north", Personal("pronouns"), Personal("note"));

    public MadeUpRoster Role(string user, string role, string org, string begin = "", string end = "") =>
        Record("roles", $"role-{user}-{role}-{org}", "", user, "primary", role, begin, end, org);

    public MadeUpRoster Person(string id, string role, string org) => User(id).Role(id, role, org);

    public MadeUpRoster Enroll(string user, string @class, string role = "student", string school = "north", string begin = "", string end = "") =>
        Record("enrollments", $"{user}-{@class}-{role}-{begin}", "", @class, school, user, role, "", begin, end);

    /// <summary>Adds a record: sourcedId, status, then the fields after dateLastModified; what is left out at the end is blank.</summary>
    public MadeUpRoster Record(string file, string id, string status, params IEnumerable<string> fields)
    {
        string[] line = [id, status, "", .. fields];
        files[file].Add(string.Join(',', line.Concat(Enumerable.Repeat("", Headers[file].Count(c => c == ',') + 4 - line.Length))));
        return this;
    }

    public MadeUpRoster Remove(string file, Predicate<string> line)
    {
        files[file].RemoveAll(line);
        return this;
    }

    public MadeUpRoster Replace(string file, string text, string by)
    {
        files[file] = files[file].ConvertAll(line => line.Replace(text, by, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Replaces within the records that begin so.</summary>
    public MadeUpRoster ReplaceIn(string file, string start, string text, string by)
    {
        files[file] = files[file].ConvertAll(line => line.StartsWith(start, StringComparison.Ordinal) ? line.Replace(text, by, StringComparison.Ordinal) : line);
        return this;
    }

    /// <summary>Ends a file in the middle of a quoted field.</summary>
    /// <summary>The same records, the last one first.</summary>
    public MadeUpRoster Turn()
    {
        foreach (var lines in files.Values)
            lines.Reverse();
        return this;
    }

    public MadeUpRoster BreakOff(string file)
    {
        files[file].Add("\"broken");
        return this;
    }

    public void WriteTo(string folder)
    {
        var manifest = new StringBuilder("propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n");
        foreach (var (name, lines) in files)
        {
            manifest.Append("file.").Append(name).Append(",bulk\n");
            File.WriteAllText(
                Path.Combine(folder, $"{name}.csv"), $"sourcedId,status,dateLastModified,{Headers[name]}\n{string.Join('\n', lines)}\n");
        }

        File.WriteAllText(Path.Combine(folder, "manifest.csv"), manifest.ToString());
    }
}
