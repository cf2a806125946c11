using System.Text;
using OneRoster.Tests.Csv;
using F = OneRoster.Validation.RosterFailures;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Tests.Validation;

/// <summary>For each rule that a package can break, a package that breaks this one and no other.</summary>
internal static class BrokenPackages
{
    private const string Enrollments = "enrollments.csv";

    /// <summary>Files that differ from the clean ones, by the rule that they break.</summary>
    public static IReadOnlyDictionary<string, Func<CleanPackage>> ByFiles { get; } = new Dictionary<string, Func<CleanPackage>>
    {
        [F.ManifestMissing] = () => Clean.Without("manifest.csv"),
        [F.ManifestInvalid] = () => Clean.With("manifest.csv", "file.users,bulk", "file.users,all"),
        [F.VersionUnsupported] = () => Clean.With("manifest.csv", "version,1.2", "version,2.0"),
        [F.RequiredFileMissing] = () => Clean.Without("courses.csv"),
        [F.Nested] = () => Clean.Put("inner.zip", [1]),
        [F.PathTraversal] = () => Clean.Put("../users.csv", [1]),
        [F.FileTwice] = () => Clean.Put("USERS.csv", [1]),
        [F.TooManyEntries] = () => Enumerable.Range(0, 300).Aggregate(Clean, (package, i) => package.Put($"{i}.txt", [1])),
        [F.Bomb] = () => Clean.And(Enrollments, new string('0', 8 << 20)),
        [F.EncodingUtf16] = () => Clean.Put("users.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("sourcedId,status\n")]),
        [F.EncodingNotUtf8] = () => Clean.Put("users.csv", [.. "sourcedId,status\n"u8, .. Encoding.Latin1.GetBytes("é,\n")]),
        [F.ColumnMissing] = () => Clean.With("classes.csv", "courseSourcedId,", "metadata.course,"),
        [F.ColumnTwice] = () => Clean.With("orgs.csv", "parentSourcedId\n", "parentSourcedId,type\n"),
        [F.QuotingBroken] = () => Clean.And(Enrollments, "e9,,,k1,s1,\"u\"1,student,,,\n"),
        [F.RecordTooLong] = () => Clean.And(Enrollments, "\"" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i * 7919L % 100003},canary\n"))),

        [R.FileCase] = () => Clean.Renamed("users.csv", "Users.csv"),
        [R.FileUnneeded] = () => Clean.With("manifest.csv", "demographics,absent", "demographics,bulk").And("demographics.csv", "sourcedId\n" + Canaries.Number),
        [R.FileUnknown] = () => Clean.And(Canaries.FamilyName + ".xlsx", "x"),
        [R.ManifestHeaderMissing] = () => Clean.With("manifest.csv", "propertyName,value\n", ""),
        [R.ManifestHeaderRepeated] = () => Clean.With("manifest.csv", "propertyName,value\n", "propertyName,value\npropertyName,value\n"),
        [R.ManifestVersionMissing] = () => Clean.With("manifest.csv", "manifest.version,1.0\n", ""),
        [R.ManifestFileMissing] = () => Clean.With("manifest.csv", "file.users,bulk\n", ""),
        [R.FileDeclaredAbsent] = () => Clean.AsChanges().With("manifest.csv", "file.enrollments,delta", "file.enrollments,absent"),
        [R.OptionalFileMissing] = () => Clean.With("manifest.csv", "demographics,absent", "demographics,bulk"),
        [R.FileWithoutRows] = () => Clean.AsChanges().Put("courses.csv", "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n"u8.ToArray()),
        [R.ColumnAlias] = () => Clean.With("classes.csv", "termSourcedIds", "termSourcedId"),
        [R.ColumnCase] = () => Clean.With("orgs.csv", ",name,", ",Name,"),
        [R.ColumnUnknown] = () => Clean.With("orgs.csv", "parentSourcedId\n", "parentSourcedId," + Canaries.FamilyName + "\n").With("orgs.csv", ",,d1\n", ",,d1,\n").With("orgs.csv", "district,,\n", "district,,,\n"),
        [R.ColumnAbsent] = () => Clean.With("orgs.csv", ",identifier", "").With("orgs.csv", ",,d1", ",d1").With("orgs.csv", "district,,", "district,"),
        [R.ColumnOrder] = () => Clean.With(Enrollments, "status,dateLastModified", "dateLastModified,status"),
        [R.ChangeWithoutStatus] = () => Clean.AsChanges().With("users.csv", "u2,active,", "u2,,"),
        [R.ChangeWithoutDate] = () => Clean.AsChanges().With("users.csv", "u2,active,2026-09-01T00:00:00Z", "u2,active,"),

        [R.TooManyFields] = () => Clean.And(Enrollments, "e9,,,k1,s1,u1,student,,,,x\n"),
        [R.TooFewFields] = () => Clean.And(Enrollments, "e9,,,k1,s1,u1,proctor\n").With("roles.csv", "u1,primary,student,,,s1,\n", "u1,primary,student,,,s1,\nr9,,,u1,secondary,proctor,,,s1,\n"),
        [R.RequiredValueMissing] = () => Clean.And(Enrollments, "e9,,,,s1,u1,student,,,\n"),
        [R.UnreadValueMissing] = () => Clean.With("users.csv", $"u2,,,true,{Canaries.Username}", "u2,,,true,"),
        [R.IdTooLong] = () => Clean.And(Enrollments, new string('x', 256) + ",,,k1,s1,u1,student,,,\n"),
        [R.IdPlaceholder] = () => Clean.And(Enrollments, "e9,,,k1,s1,null,student,,,\n"),
        [R.IdCharacters] = () => Clean.With(Enrollments, "e1,", "e 1,"),
        [R.NotInVocabulary] = () => Clean.And(Enrollments, "e9,,,k1,s1,u1,pupil,,,\n"),
        [R.WordOfOtherVersion] = () => Clean.With("roles.csv", "primary,parent", "primary,administrator"),
        [R.DateInvalid] = () => Clean.With(Enrollments, "2026-08-20", "2026-02-30"),
        [R.DateWithTime] = () => Clean.With(Enrollments, "2026-08-20", "2026-08-20T00:00:00Z"),
        [R.TimeInvalid] = () => Clean.With(Enrollments, "e1,,,", "e1,,2026-08-20,"),
        [R.EndBeforeStart] = () => Clean.With(Enrollments, "2026-08-20,2027-01-15", "2026-08-20,2026-08-19"),
        [R.SpanWithoutDays] = () => Clean.With(Enrollments, "2026-08-20,2027-01-15", "2026-08-20,2026-08-20"),
        [R.BooleanInvalid] = () => Clean.With(Enrollments, "teacher,true", "teacher,1"),
        [R.SchoolYearInvalid] = () => Clean.With("academicSessions.csv", ",y1,2027", ",y1,26/27"),
        [R.TextTooLong] = () => Clean.With("orgs.csv", "Academy", new string('x', 1001)),
        [R.TextCharacters] = () => Clean.With("orgs.csv", "Academy", "Academy\u202Eymedaca"),
        [R.ListTooLong] = () => Clean.With("classes.csv", "\"09,10\"", "\"" + string.Join(',', Enumerable.Repeat("09", 51)) + "\""),
        [R.ListMalformed] = () => Clean.With("classes.csv", "\"09,10\"", "09;10"),
        [R.GradeUnknown] = () => Clean.With("users.csv", ",09,,m1", ",Ninth grade,,m1"),
        [R.PasswordSent] = () => Clean.With("users.csv", ",09,,m1", $",09,{Canaries.Password},m1"),

        [R.CollectionEmpty] = () => Clean.With(Enrollments, "e1,,", "e1,tobedeleted,").With(Enrollments, "e2,,", "e2,tobedeleted,")
            .With("roles.csv", "r1,,,u1,primary,student", "r1,,,u1,primary,parent").With("classes.csv", "k1,,", "k1,tobedeleted,"),
        [R.ReferencesUnchecked] = () => Clean.AsChanges(),
        [R.Duplicate] = () => Clean.And("courses.csv", "c1,,,y1,Geometry,G1,09,s1,Math,\n"),
        [R.RefersToDeleted] = () => Clean.With("courses.csv", "c1,,", "c1,tobedeleted,"),
        [R.OrgParentUnknown] = () => Clean.With("orgs.csv", "Other,school,,d1", "Other,school,,d9"),
        [R.OrgParentCycle] = () => Clean.With("orgs.csv", "Umber,district,,", "Umber,district,,s2"),
        [R.SessionParentUnknown] = () => Clean.With("academicSessions.csv", ",y1,2027", ",y9,2027"),
        [R.SessionParentCycle] = () => Clean.With("academicSessions.csv", "2026-08-15,2027-06-12,,", "2026-08-15,2027-06-12,t1,").With("academicSessions.csv", "2027-01-15,y1", "2027-06-12,y1"),
        [R.SessionOutsideParent] = () => Clean.With("academicSessions.csv", "2026-08-15,2027-01-15", "2026-08-01,2027-01-15"),
        [R.CourseOrgUnknown] = () => Clean.With("courses.csv", ",s1,", ",s9,"),
        [R.CourseYearUnknown] = () => Clean.With("courses.csv", ",y1,", ",y9,"),
        [R.ClassCourseUnknown] = () => Clean.With("classes.csv", ",c1,", ",c9,"),
        [R.ClassSchoolUnknown] = () => Clean.With("classes.csv", ",s1,", ",s9,"),
        [R.ClassSchoolNotSchool] = () => Clean.With("orgs.csv", "Academy,school", "Academy,department"),
        [R.ClassTermUnknown] = () => Clean.With("classes.csv", "\"y1,t1\"", "\"y1,t9\""),
        [R.ClassWithoutTerm] = () => Clean.With("classes.csv", "\"y1,t1\"", "t9"),
        [R.ClassEnded] = () => Clean.With("classes.csv", "\"y1,t1\"", "t1").With("academicSessions.csv", "2026-08-15,2027-01-15", "2026-08-15,2026-10-01"),
        [R.ClassWithoutTeacher] = () => Clean.With(Enrollments, "e2,,", "e2,tobedeleted,"),
        [R.ClassWithoutStudent] = () => Clean.And("classes.csv", "k2,,,Algebra 2,09,c1,,scheduled,,s1,t1,Math,,1\n"),
        [R.UserOrgUnknown] = () => Clean.With("users.csv", ",m1,,,,s1", ",m1,,,,s9"),
        [R.UserAgentUnknown] = () => Clean.With("users.csv", ",u3,09", ",u9,09"),
        [R.UserWithoutRole] = () => Clean.With("roles.csv", "r3,,,u3,primary,parent,,,s1,\n", ""),
        [R.UserPrimaryRoles] = () => Clean.And("roles.csv", "r4,,,u2,primary,aide,,,s1,\n"),
        [R.PersonRepeated] = () => Clean.With("users.csv", ",,,,,,,,,,,,,s1", ",,,,,,,,,m1,,,,s1"),
        [R.PersonShared] = () => Enumerable.Range(4, 4).Aggregate(Clean, (package, i) => package
            .And("users.csv", $"u{i},,,false,{Canaries.Username},,{Canaries.GivenName},{Canaries.FamilyName},,,,,,,,,m1,,,,,\n").And("roles.csv", $"r{i},,,u{i},primary,parent,,,s1,\n")),
        [R.StudentWithoutClass] = () => Clean.With("roles.csv", "u3,primary,parent", "u3,primary,student"),
        [R.RoleUserUnknown] = () => Clean.And("roles.csv", "r4,,,u9,primary,aide,,,s1,\n"),
        [R.RoleOrgUnknown] = () => Clean.And("roles.csv", "r4,,,u2,secondary,aide,,,s9,\n"),
        [R.EnrollmentUserUnknown] = () => Clean.And(Enrollments, "e9,,,k1,s1,u9,student,,,\n"),
        [R.EnrollmentClassUnknown] = () => Clean.And(Enrollments, "e9,,,k9,s1,u1,student,,,\n"),
        [R.EnrollmentSchoolUnknown] = () => Clean.With(Enrollments, "e1,,,k1,s1", "e1,,,k1,s9"),
        [R.EnrollmentSchoolMismatch] = () => Clean.With(Enrollments, "e1,,,k1,s1", "e1,,,k1,s2"),
        [R.EnrollmentRepeated] = () => Clean.And(Enrollments, "e9,,,k1,s1,u1,student,,,\n"),
        [R.EnrollmentRoleUnfit] = () => Clean.And(Enrollments, "e9,,,k1,s1,u2,student,,,\n"),
        [R.EnrollmentTeacherUnfit] = () => Clean.And(Enrollments, "e9,,,k1,s1,u1,teacher,,,\n"),
    };

    /// <summary>Archives, folders and paths that are broken as such.</summary>
    public static IReadOnlyDictionary<string, Func<TemporaryFolder, string>> ByPath { get; } = new Dictionary<string, Func<TemporaryFolder, string>>
    {
        [F.NotFound] = folder => Path.Combine(folder.Path, "none.zip"),
        [F.NotAZip] = folder => Written(folder, "no archive"u8.ToArray()),
        [F.Inconsistent] = folder => Bent(folder, zip => zip.Append("more"u8)),
        [F.Encrypted] = folder => Bent(folder, zip => zip.Bytes[zip.Central("users.csv") + 8] |= 1),
        [F.MethodUnsupported] = folder => Bent(folder, zip => zip.PutShort(zip.Central("users.csv") + 10, 14)),
        [F.ReadFailed] = folder => Bent(folder, zip => zip.PutInt(zip.Central("users.csv") + 16, 7)),
        [F.Link] = Linked,
        [R.WrappingFolder] = folder => folder.Zip(Clean.Files.Select(file => ("export/" + file.Name, file.Bytes))),
    };

    private static CleanPackage Clean => CleanPackage.Of12();

    private static string Linked(TemporaryFolder folder)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, "linked")).FullName;
        File.CreateSymbolicLink(Path.Combine(path, "users.csv"), folder.Path);
        return path;
    }

    private static string Bent(TemporaryFolder folder, Action<ZipBytes> bend)
    {
        var zip = new ZipBytes(File.ReadAllBytes(folder.Zip(Clean.Files)));
        bend(zip);
        return Written(folder, zip.Bytes);
    }

    private static string Written(TemporaryFolder folder, byte[] bytes)
    {
        var path = Path.Combine(folder.Path, "bent.zip");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
