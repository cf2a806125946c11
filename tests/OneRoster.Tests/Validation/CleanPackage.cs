using System.Text;

namespace OneRoster.Tests.Validation;

/// <summary>A package that breaks no rule, to be broken in one place.</summary>
internal sealed class CleanPackage
{
    private readonly Dictionary<string, byte[]> files;

    private CleanPackage(Dictionary<string, string> files) => this.files = files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value));

    public IEnumerable<(string Name, byte[] Bytes)> Files => files.Select(file => (file.Key, file.Value));

    public static CleanPackage Of12() => new(new()
    {
        ["manifest.csv"] = Manifest("1.2") + "file.roles,bulk\n",
        ["orgs.csv"] = Orgs,
        ["academicSessions.csv"] = Sessions,
        ["courses.csv"] = Courses,
        ["classes.csv"] = Classes,
        ["users.csv"] =
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n" +
            $"u1,,,true,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,u3,09,,m1,,,,s1,\n" +
            $"u2,,,true,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,,,,,,,,s1,\n" +
            $"u3,,,false,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,,,,,,,,,\n",
        ["roles.csv"] =
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n" +
            "r1,,,u1,primary,student,,,s1,\nr2,,,u2,primary,teacher,,,s1,\nr3,,,u3,primary,parent,,,s1,\n",
        ["enrollments.csv"] = Enrollments,
    });

    public static CleanPackage Of11() => new(new()
    {
        ["manifest.csv"] = Manifest("1.1"),
        ["orgs.csv"] = Orgs,
        ["academicSessions.csv"] = Sessions,
        ["courses.csv"] = Courses,
        ["classes.csv"] = Classes,
        ["users.csv"] =
            "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n" +
            $"u1,,,true,s1,student,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,u3,09,\n" +
            $"u2,,,true,s1,teacher,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,,,\n" +
            $"u3,,,false,s1,parent,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,,,\n",
        ["enrollments.csv"] = Enrollments,
    });

    /// <summary>Replaces a text that must be there.</summary>
    public CleanPackage With(string file, string from, string to)
    {
        var text = Encoding.UTF8.GetString(files[file]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        files[file] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    public CleanPackage And(string file, string more)
    {
        files[file] = [.. files.GetValueOrDefault(file, []), .. Encoding.UTF8.GetBytes(more)];
        return this;
    }

    public CleanPackage Put(string file, byte[] bytes)
    {
        files[file] = bytes;
        return this;
    }

    public CleanPackage Without(string file)
    {
        Assert.True(files.Remove(file));
        return this;
    }

    public CleanPackage Renamed(string from, string to)
    {
        files[to] = files[from];
        files.Remove(from);
        return this;
    }

    /// <summary>Everything in files of changes, with what their rows need.</summary>
    public CleanPackage AsChanges()
    {
        foreach (var (name, bytes) in files)
        {
            var lines = Encoding.UTF8.GetString(bytes).Replace(",bulk", ",delta", StringComparison.Ordinal).Split('\n');
            files[name] = Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(Change)));
        }

        return this;
    }

    private static string Change(string line)
    {
        var blank = line.IndexOf(",,,", StringComparison.Ordinal);
        return blank > 0 && blank == line.IndexOf(',', StringComparison.Ordinal) ? line[..blank] + ",active,2026-09-01T00:00:00Z," + line[(blank + 3)..] : line;
    }

    private static string Manifest(string version) => "propertyName,value\nmanifest.version,1.0\noneroster.version," + version + "\n"
        + "file.academicSessions,bulk\nfile.classes,bulk\nfile.courses,bulk\nfile.demographics,absent\nfile.enrollments,bulk\nfile.orgs,bulk\nfile.users,bulk\n";

    private const string Orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nd1,,,Umber,district,,\ns1,,,Academy,school,,d1\ns2,,,Other,school,,d1\n";

    private const string Sessions = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
        + "y1,,,2026-27,schoolYear,2026-08-15,2027-06-12,,2027\nt1,,,Fall,term,2026-08-15,2027-01-15,y1,2027\n";

    private const string Courses = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nc1,,,y1,Algebra,A1,09,s1,Math,\n";

    private const string Classes =
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
        + "k1,,,Algebra 1,\"09,10\",c1,,scheduled,,s1,\"y1,t1\",Math,,1\n";

    private const string Enrollments = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
        + "e1,,,k1,s1,u1,student,,2026-08-20,2027-01-15\ne2,,,k1,s1,u2,teacher,true,,\n";
}
