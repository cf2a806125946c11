using System.IO.Compression;
using System.Text.Json;
using Gateway.Stage;

namespace Gateway.Tests.Commands;

/// <summary>The command as whoever exports a roster runs it, with no database anywhere.</summary>
[Trait("Requirement", "R-2.1")]
public sealed class ValidateCommandTests : IDisposable
{
    private const string Person = "Zanthippe-canary";

    private static readonly Dictionary<string, string> Files = new()
    {
        ["manifest.csv"] = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.academicSessions,bulk\nfile.classes,bulk\nfile.courses,bulk\n"
            + "file.enrollments,bulk\nfile.orgs,bulk\nfile.users,bulk\n",
        ["orgs.csv"] = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\ns1,,,Academy,school,,\n",
        ["academicSessions.csv"] = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\nt1,,,Year,schoolYear,2026-08-15,2999-06-12,,2999\n",
        ["courses.csv"] = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nc1,,,t1,Algebra,A1,09,s1,Math,\n",
        ["classes.csv"] = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
            + "k1,,,Algebra 1,09,c1,,scheduled,,s1,t1,Math,,1\n",
        ["users.csv"] = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
            + $"u1,,,true,s1,student,{Person},,{Person},{Person},,,,,,,09,\nu2,,,true,s1,teacher,{Person},,{Person},{Person},,,,,,,,\n",
        ["enrollments.csv"] = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
            + "e1,,,k1,s1,u1,student,,,\ne2,,,k1,s1,u2,teacher,,,\n",
    };

    private readonly string directory = Directory.CreateTempSubdirectory("gateway-validate-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Clean_package_ends_with_0_and_starts_no_database()
    {
        var ended = await RunAsync(Pack("roster.zip", Files));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("OneRoster 1.1: orgs.csv 1,", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("0 errors, 0 warnings in 8 rows.", ended.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(directory));
    }

    [Fact]
    public async Task Broken_package_ends_with_1_and_says_what_to_do_where_but_no_value()
    {
        var path = Pack($"{Person}.zip", Broken());

        var ended = await RunAsync(path);
        Assert.Equal((1, ""), (ended.ExitCode, ended.Error));
        Assert.DoesNotContain("canary", ended.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("error    enrollments.csv:4:beginDate ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("roster.enrollment_user_unknown", ended.Output, StringComparison.Ordinal);

        ended = await RunAsync(path, "--max", "1");
        Assert.Contains("and 2 more of roster.enrollment_user_unknown", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("more of", (await RunAsync(path, "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_package_the_summary_and_the_findings()
    {
        var ended = await RunAsync(Pack($"{Person}.zip", Broken()), "--json");
        var document = JsonDocument.Parse(ended.Output).RootElement;

        Assert.Equal(1, ended.ExitCode);
        Assert.DoesNotContain("canary", ended.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("1.1", document.GetProperty("package").GetProperty("version").GetString());
        Assert.Equal(6, document.GetProperty("package").GetProperty("files").GetArrayLength());
        Assert.Equal((4, 11), (document.GetProperty("summary").GetProperty("errors").GetInt32(), document.GetProperty("summary").GetProperty("rows").GetInt32()));
        var first = document.GetProperty("findings").EnumerateArray().First(finding => finding.GetProperty("rule").GetString() == "row.date_invalid");
        Assert.Equal(
            ("error", "enrollments.csv", 4, "beginDate"),
            (first.GetProperty("severity").GetString(), first.GetProperty("file").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetString()));
        Assert.NotEmpty(first.GetProperty("fix").GetString()!);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "roster.zip", "--max", "0")]
    [InlineData(1, "roster.zip")]
    public async Task Wrong_usage_ends_with_2_and_a_path_without_anything_with_1(int code, params string[] arguments) =>
        Assert.Equal(code, (await RunAsync(arguments)).ExitCode);

    private static Dictionary<string, string> Broken() => new(Files)
    {
        [$"{Person}.txt"] = Person,
        ["enrollments.csv"] = Files["enrollments.csv"] + $"{Person},,,k1,s1,{Person},student,,{Person},\ne4,,,k1,s1,{Person},student,,,\ne5,,,k1,s1,{Person},teacher,,,\n",
    };

    private string Pack(string name, Dictionary<string, string> files)
    {
        var path = Path.Combine(directory, name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (file, text) in files)
        {
            using var writer = new StreamWriter(archive.CreateEntry(file).Open());
            writer.Write(text);
        }

        return path;
    }

    private Task<Ended> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(
        new Dictionary<string, string?> { ["Gateway__DataDirectory"] = Path.Combine(directory, "data") },
        ["roster", "validate", .. arguments]);
}
