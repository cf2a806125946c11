using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests.Csv;

/// <summary>Packages that hold changes instead of everything, wholly or in some files.</summary>
[Trait("Requirement", "R-1.7")]
public sealed class CsvDeltaTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly Observer observer = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Whole_package_is_full()
    {
        var source = Opening.MustOpen(temporary.Zip(District.Csv12()));
        Assert.All(Enum.GetValues<RosterCollection>(), collection => Assert.Equal(RosterExtent.Full, source.ExtentOf(collection)));
    }

    [Fact]
    public async Task Beside_a_delta_file_what_is_absent_is_as_it_was()
    {
        var files = District.Csv12();
        files["manifest.csv"] = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\nfile.enrollments,delta\nfile.users,absent\n";
        files["enrollments.csv"] = files["enrollments.csv"].Replace(",,,k", ",tobedeleted,2026-09-01T00:00:00.000Z,k", StringComparison.Ordinal);
        foreach (var file in new[] { "courses.csv", "classes.csv", "roles.csv", "academicSessions.csv" })
            files.Remove(file);
        await using var source = Opening.MustOpen(temporary.Zip(files));
        Assert.Equal(
            [RosterExtent.Full, RosterExtent.Absent, RosterExtent.Absent, RosterExtent.Absent, RosterExtent.Absent, RosterExtent.Absent, RosterExtent.Changes],
            Enum.GetValues<RosterCollection>().Select(source.ExtentOf));
        var rows = await source.ReadAllAsync(observer);
        Assert.Equal([RosterCollection.Orgs, RosterCollection.Enrollments], rows.Select(row => row.Collection).Distinct());
        Assert.All(rows.OfType<Enrollment>(), row => Assert.Equal(RosterStatus.ToBeDeleted, row.Status));
        Assert.Empty(observer.Findings);
    }

    [Fact]
    public void File_that_a_delta_manifest_promises_must_be_there()
    {
        var files = Delta(District.Csv12());
        files.Remove("users.csv");
        Assert.Equal(RosterFailures.RequiredFileMissing, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void File_that_a_delta_manifest_does_not_mention_removes_nobody()
    {
        var files = Delta(District.Csv12());
        files["manifest.csv"] = files["manifest.csv"].Replace("file.users,delta\n", "", StringComparison.Ordinal);
        Assert.Equal(RosterExtent.Changes, Opening.MustOpen(temporary.Zip(files)).ExtentOf(RosterCollection.Users));
    }

    [Fact]
    public void Roles_of_1_1_come_as_users_do()
    {
        var files = District.Csv11();
        files["manifest.csv"] = files["manifest.csv"].Replace("file.users,bulk", "file.users,delta", StringComparison.Ordinal);
        var source = Opening.MustOpen(temporary.Zip(files));
        Assert.Equal((RosterExtent.Changes, RosterExtent.Changes), (source.ExtentOf(RosterCollection.Users), source.ExtentOf(RosterCollection.UserRoles)));
        Assert.Equal(RosterExtent.Full, source.ExtentOf(RosterCollection.Orgs));
    }

    [Fact]
    [Trait("Requirement", "R-2.2")]
    public async Task Row_of_changes_without_status_or_date_is_noticed_and_kept()
    {
        var files = Delta(District.Csv12());
        files["orgs.csv"] = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
            + "d1,active,2026-09-01T00:00:00Z,x,district,,\ns1,,2026-09-01T00:00:00Z,x,school,,\ns2,active,,x,school,,\n";
        await using var source = Opening.MustOpen(temporary.Zip(files));
        var rows = await source.ReadAllAsync(observer, FieldAllowList.Create(Allowed.Least.Where(field => field.Item1 == RosterCollection.Orgs)));
        Assert.Equal(3, rows.Count);
        Assert.Equal(
            [(3L, RosterRules.ChangeWithoutStatus, "status"), (4L, RosterRules.ChangeWithoutDate, "dateLastModified")],
            observer.Findings.Select(finding => (finding.Line!.Value, finding.Rule, finding.Column!)));
    }

    [Fact]
    [Trait("Requirement", "R-4.2")]
    public async Task Progress_tells_how_many_rows_to_expect()
    {
        var files = District.Csv12();
        files["enrollments.csv"] += string.Concat(Enumerable.Range(0, 40_000).Select(i => $"x{i * 7919L % 100003:D6},,,k1,s1,u1,student,,,\n"));
        await using var source = Opening.MustOpen(temporary.Zip(files));
        var expectations = new Expectations();
        await source.ReadAllAsync(expectations);
        Assert.Equal(41, expectations.Enrollments.Count);
        Assert.All(expectations.Enrollments[5..], seen => Assert.InRange(seen.Expected!.Value, 20_000, 41_000));
        Assert.Equal((40_003, 40_003), expectations.Enrollments[^1]);
    }

    private static Dictionary<string, string> Delta(Dictionary<string, string> files)
    {
        files["manifest.csv"] = files["manifest.csv"].Replace(",bulk", ",delta", StringComparison.Ordinal);
        return files;
    }

    private sealed class Expectations : IRosterObserver
    {
        public List<(long Rows, long? Expected)> Enrollments { get; } = [];

        public void Report(RosterFinding finding) => Assert.Fail(finding.Rule);

        public void Progress(RosterCollection collection, long rows, long? expected)
        {
            if (collection == RosterCollection.Enrollments)
                Enrollments.Add((rows, expected));
        }

        public void Restarted(RosterCollection collection) => Assert.Fail("Nothing is read again.");
    }
}
