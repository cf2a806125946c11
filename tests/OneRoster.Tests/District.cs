using C = OneRoster.Tests.Canaries;

namespace OneRoster.Tests;

/// <summary>One little district in four forms: two versions, two bindings.</summary>
internal static class District
{
    public static Dictionary<string, string> Csv12() => new()
    {
        ["manifest.csv"] = Manifest("1.2", "academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users"),
        ["orgs.csv"] = Orgs,
        ["academicSessions.csv"] = Sessions,
        ["courses.csv"] = Courses,
        ["classes.csv"] = Classes,
        ["users.csv"] =
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.note\n" +
            $"u1,,,true,{C.Username},\"{{LDAP:{C.Username}}}\",{C.GivenName},\"{C.FamilyName}\r\n\"\"Jr, x\"\"\",,{C.Number},{C.Email},{C.Phone},{C.Phone},,09,{C.Password},m1,{C.GivenName},,{C.FamilyName},s1,,{C.Metadata}\n" +
            $"u2,,,true,{C.Username},,{C.GivenName},{C.FamilyName},,,{C.Email},,,,,{C.Password},,,,,s1,,{C.Metadata}\n" +
            $"u3,,,false,{C.Username},,{C.GivenName},{C.FamilyName},,,{C.Email},,,,\"09,10\",{C.Password},,,,,,,{C.Metadata}\n",
        ["roles.csv"] =
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n" +
            "r1,,,u1,primary,student,,,s1,\n" +
            "r2,,,u2,primary,teacher,,,s1,\n" +
            "r3,,,u2,secondary,teacher,,,d1,\n" +
            "r4,,,u3,primary,student,,,s1,\n",
        ["enrollments.csv"] = Enrollments,
        ["demographics.csv"] = $"sourcedId,birthDate\nu1,{C.Metadata}\n",
        ["userProfiles.csv"] = $"sourcedId,username,password\np1,{C.Username},{C.Password}\n",
    };

    public static Dictionary<string, string> Csv11()
    {
        var files = Csv12();
        files.Remove("roles.csv");
        files.Remove("userProfiles.csv");
        files["manifest.csv"] = Manifest("1.1", "academicSessions", "classes", "courses", "enrollments", "orgs", "users");
        files["users.csv"] =
            "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n" +
            $"u1,,,true,s1,student,{C.Username},,{C.GivenName},{C.FamilyName},,{C.Number},{C.Email},{C.Phone},{C.Phone},,09,{C.Password}\n" +
            $"u2,,,true,\"s1,d1\",teacher,{C.Username},,{C.GivenName},{C.FamilyName},,,{C.Email},,,,,{C.Password}\n" +
            $"u3,,,false,s1,student,{C.Username},,{C.GivenName},{C.FamilyName},,,{C.Email},,,,\"09,10\",{C.Password}\n";
        return files;
    }

    public static Dictionary<string, List<string>> Rest12()
    {
        var collections = Rest11();
        collections["users"] =
        [
            User("u1", "true", "\"09\"", $$""" "userMasterIdentifier":"m1","primaryOrg":{{Ref("s1", "org")}},"roles":[{{Role("primary", "student", "s1")}}] """),
            User("u2", "true", "", $$""" "primaryOrg":{{Ref("s1", "org")}},"roles":[{{Role("primary", "teacher", "s1")}},{{Role("secondary", "teacher", "d1")}}] """),
            User("u3", "false", "\"09\",\"10\"", $$""" "roles":[{{Role("primary", "student", "s1")}}] """),
        ];
        return collections;
    }

    public static Dictionary<string, List<string>> Rest11() => new()
    {
        ["orgs"] =
        [
            $$"""{"sourcedId":"d1","status":"active","name":"Umber District","type":"district","identifier":"{{C.Number}}","children":[{{Ref("s1", "org")}}]}""",
            $$"""{"sourcedId":"s1","status":"active","name":"Umber \u0041cademy","type":"school","parent":{{Ref("d1", "org")}} }""",
        ],
        ["academicSessions"] =
        [
            """{"sourcedId":"y1","status":"active","title":"2026-27","type":"schoolYear","startDate":"2026-08-15","endDate":"2027-06-12","schoolYear":"2027"}""",
            $$"""{"sourcedId":"t1","status":"active","title":"Fall","type":"term","startDate":"2026-08-15T00:00:00.000Z","endDate":"2027-01-15","schoolYear":2027,"parent":{{Ref("y1", "academicSession")}} }""",
        ],
        ["courses"] =
            [$$"""{"sourcedId":"c1","status":"active","title":"Algebra","courseCode":"A1","subjects":["Math"],"org":{{Ref("s1", "org")}} }"""],
        ["classes"] =
        [
            $$"""{"sourcedId":"k1","status":"active","title":"Algebra 1","classType":"scheduled","course":{{Ref("c1", "course")}},"school":{{Ref("s1", "org")}},"terms":[{{Ref("t1", "academicSession")}}],"grades":["09","10"],"subjects":["Math"],"metadata":{"x":"{{C.Metadata}}"} }""",
            $$"""{"sourcedId":"k2","status":"active","title":"Home","classType":"homeroom","course":{{Ref("c1", "course")}},"school":{{Ref("s1", "org")}},"terms":[{{Ref("y1", "academicSession")}},{{Ref("t1", "academicSession")}}]}""",
        ],
        ["users"] =
        [
            User("u1", "true", "\"09\"", $$""" "role":"student","orgs":[{{Ref("s1", "org")}}] """),
            User("u2", "true", "", $$""" "role":"teacher","orgs":[{{Ref("s1", "org")}},{{Ref("d1", "org")}}] """),
            User("u3", "false", "\"09\",\"10\"", $$""" "role":"student","orgs":[{{Ref("s1", "org")}}] """),
        ],
        ["enrollments"] =
        [
            Enrollment("e1", "u1", "k1", "student", "\"beginDate\":\"2026-08-20\",\"endDate\":\"2027-01-15\","),
            Enrollment("e2", "u2", "k1", "teacher", "\"primary\":\"true\","),
            Enrollment("e3", "u3", "k2", "student", "\"primary\":\"false\","),
        ],
    };

    public static string Ref(string id, string type) => $$"""{"href":"https://sis.example/{{type}}s/{{id}}","sourcedId":"{{id}}","type":"{{type}}"}""";

    public static string Enrollment(string id, string user, string @class, string role, string more = "") =>
        $$"""{"sourcedId":"{{id}}","status":"active",{{more}}"user":{{Ref(user, "user")}},"class":{{Ref(@class, "class")}},"school":{{Ref("s1", "org")}},"role":"{{role}}"}""";

    public static string Manifest(string version, params string[] files) =>
        "propertyName,value\nmanifest.version,1.0\noneroster.version," + version + "\n"
        + string.Concat(files.Select(file => $"file.{file},bulk\n")) + "file.demographics,absent\nsource.systemName,Made-up SIS\n";

    private const string Orgs =
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n" +
        "d1,,,Umber District,district," + C.Number + ",\n" +
        "s1,,,Umber Academy,school,,d1\n";

    private const string Sessions =
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n" +
        "y1,,,2026-27,schoolYear,2026-08-15,2027-06-12,,2027\n" +
        "t1,,,Fall,term,2026-08-15,2027-01-15,y1,2027\n";

    private const string Courses =
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n" +
        "c1,,,,Algebra,A1,,s1,Math,\n";

    private const string Classes =
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n" +
        "k1,,,Algebra 1,\"09,10\",c1,,scheduled,,s1,t1,Math,,\n" +
        "k2,,,Home,,c1,,homeroom,,s1,\"y1,t1\",,,\n";

    private const string Enrollments =
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n" +
        "e1,,,k1,s1,u1,student,,2026-08-20,2027-01-15\n" +
        "e2,,,k1,s1,u2,teacher,true,,\n" +
        "e3,,,k2,s1,u3,student,false,,\n";

    private static string Role(string type, string role, string org) =>
        $$"""{"roleType":"{{type}}","role":"{{role}}","org":{{Ref(org, "org")}},"userProfile":"{{C.Username}}"}""";

    private static string User(string id, string enabled, string grades, string more) =>
        $$"""{"sourcedId":"{{id}}","status":"active","enabledUser":"{{enabled}}","username":"{{C.Username}}","userIds":[{"type":"LDAP","identifier":"{{C.Username}}"}],"givenName":"{{C.GivenName}}","familyName":"{{C.FamilyName}}","identifier":"{{C.Number}}","email":"{{C.Email}}","sms":"{{C.Phone}}","phone":"{{C.Phone}}","agents":[{{Ref("canary-agent", "user")}}],"password":"{{C.Password}}","metadata":{"a":["{{C.Metadata}}"]},"grades":[{{grades}}],{{more}}}""";
}
