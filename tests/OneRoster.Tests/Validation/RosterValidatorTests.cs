using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Tests.Csv;
using OneRoster.Validation;

namespace OneRoster.Tests.Validation;

[Trait("Requirement", "R-2.1")]
[Trait("Requirement", "R-2.2")]
public sealed class RosterValidatorTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    // Not of a package in CSV: found by the REST reader.
    private static bool IsOfServers(string rule) => rule.StartsWith("rest.", StringComparison.Ordinal) || rule == RosterRules.WrongKind;

    // Found by a run alone, where a district has chosen what says who is one person.
    private static bool IsOfChoice(string rule) => rule is RosterRules.PersonBlank or RosterRules.PersonRolesDiffer;

    public static TheoryData<string> Rules => [.. RosterRuleCatalogue.All.Select(rule => rule.Id).Where(rule => !IsOfServers(rule) && !IsOfChoice(rule))];

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Clean_packages_of_both_versions_break_no_rule()
    {
        var report = await ValidateAsync(temporary.Zip(CleanPackage.Of12().Files));
        Assert.Empty(report.Findings);
        Assert.Equal((OneRosterVersion.V1P2, 15L, 7), (report.Version, report.Rows, report.Files.Count));
        File.Delete(Path.Combine(temporary.Path, "roster.zip"));
        report = await ValidateAsync(temporary.Zip(CleanPackage.Of11().Files));
        Assert.Empty(report.Findings);
        Assert.Equal((OneRosterVersion.V1P1, 12L, 6), (report.Version, report.Rows, report.Files.Count));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Each_rule_is_found_in_its_own_case_and_no_other(string rule)
    {
        var path = BrokenPackages.ByPath.TryGetValue(rule, out var make) ? make(temporary)
            : rule == RosterFailures.TooLarge ? temporary.Zip(CleanPackage.Of12().Files)
            : temporary.Zip(BrokenPackages.ByFiles[rule]().Files);
        var report = await ValidateAsync(path, rule == RosterFailures.TooLarge ? new CsvLimits { FileBytes = 100 } : null);
        Canaries.AssertNoneIn(report.Findings.Select(Line));
        Assert.Equal(Companions(rule), report.Findings.Select(finding => finding.Rule.Id).Distinct());
        Assert.All(report.Findings, finding => Assert.True(finding.Severity <= finding.Rule.Severity));
        Assert.Equal(report.Findings.Count, report.Counts.Sum(count => count.Count));
    }

    /// <summary>Some rules cannot be broken alone.</summary>
    private static IEnumerable<string> Companions(string rule) => rule switch
    {
        RosterRules.PersonShared => [RosterRules.PersonRepeated, rule],
        RosterRules.ChangeWithoutStatus or RosterRules.ChangeWithoutDate or RosterRules.FileDeclaredAbsent or RosterRules.FileWithoutRows =>
            [RosterRules.ReferencesUnchecked, rule],
        _ => [rule],
    };

    [Fact]
    public async Task Findings_say_file_line_and_column()
    {
        var package = CleanPackage.Of12().And("enrollments.csv", "e8,,,k1,s1,u9,student,,08/20/2026,\n").With("users.csv", ",09,,m1", ",\"09\n\",,m1")
            .And("users.csv", $"u4,,,maybe,{Canaries.Username},,,{Canaries.FamilyName},,,,,,,,,,,,,,\n");
        var report = await ValidateAsync(temporary.Zip(package.Files));
        Assert.Equal(
            [
                "users.csv:6:givenName warning row.unread_value_missing",
                "users.csv:6:enabledUser error row.boolean_invalid",
                "enrollments.csv:4:beginDate error row.date_invalid",
                "enrollments.csv:4:userSourcedId error roster.enrollment_user_unknown",
            ],
            report.Findings.Select(Line));
        Assert.Equal((3, 1), (report.Errors, report.Warnings));
    }

    [Fact]
    public async Task Word_in_another_case_is_a_warning_only()
    {
        var report = await ValidateAsync(temporary.Zip(CleanPackage.Of12().With("orgs.csv", "district", "District").Files));
        Assert.Equal((RuleSeverity.Warning, "type"), (Assert.Single(report.Findings).Severity, report.Findings[0].Column));
    }

    [Fact]
    public async Task Every_problem_of_a_package_is_told_not_the_first()
    {
        var package = CleanPackage.Of12().Without("courses.csv").With("orgs.csv", ",type,", ",kind,").Put("users.csv", [0xFF, 0xFE, 1])
            .And("enrollments.csv", "e9,,,k1,s1,u1,pupil,,,\n");
        var report = await ValidateAsync(temporary.Zip(package.Files));
        Assert.Equal(
            [
                "courses.csv:: error csv.required_file_missing",
                "orgs.csv:1:#5 warning csv.column_unknown",
                "orgs.csv:1:type error csv.column_missing",
                "users.csv:: error csv.encoding_utf16",
                "enrollments.csv:4:role error row.not_in_vocabulary",
            ],
            report.Findings.Select(Line));
    }

    [Fact]
    public async Task Of_each_rule_the_first_findings_are_listed_and_all_are_counted()
    {
        var package = CleanPackage.Of12().And("enrollments.csv", string.Concat(Enumerable.Range(0, 250).Select(i => $"x{i},,,k1,s1,u9,student,,,\n")));
        var path = temporary.Zip(package.Files);
        var report = await ValidateAsync(path);
        Assert.Equal((100, 250 + 249), (report.Findings.Count(f => f.Rule.Id == RosterRules.EnrollmentUserUnknown), report.Counts.Sum(count => count.Count)));
        report = await new RosterValidator(new ValidationOptions { MostPerRule = int.MaxValue }).ValidateAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(250, report.Findings.Count(f => f.Rule.Id == RosterRules.EnrollmentUserUnknown));
    }

    [Fact]
    [Trait("Requirement", "P-1.6")]
    public async Task Values_of_no_field_come_out()
    {
        var files = District.Csv12();
        files["users.csv"] += $"{Canaries.Number} x,{Canaries.Metadata},{Canaries.Metadata},{Canaries.Metadata},,,,,,,,,,{Canaries.Number},{Canaries.Metadata},{Canaries.Password},,,,,{Canaries.Number},\n";
        files["enrollments.csv"] += $"{Canaries.Number},,,{Canaries.Number},{Canaries.Number},{Canaries.Number},{Canaries.Metadata},{Canaries.Metadata},{Canaries.Metadata},{Canaries.Metadata}\n";
        files["orgs.csv"] = files["orgs.csv"].Replace("parentSourcedId", Canaries.FamilyName, StringComparison.Ordinal);
        files[Canaries.FamilyName + ".csv"] = Canaries.FamilyName;
        var report = await ValidateAsync(temporary.Zip(files));
        Assert.InRange(report.Findings.Count, 15, 60);
        Canaries.AssertNoneIn(report.Findings.Select(Line));
        Canaries.AssertNoneIn(report.Findings.SelectMany(finding => new object?[] { finding.File, finding.Column, finding.Fix, finding.ToString() }).OfType<object>());
    }

    [Fact]
    public async Task Blank_lines_and_dropped_rows_neither_blame_nor_hide_others()
    {
        var package = CleanPackage.Of12().And("users.csv", "\n,,,\n").With("users.csv", "u2,,,true", "u2,,,yes").With("roles.csv", "u3,primary,parent", "u3,primary,student");
        var report = await ValidateAsync(temporary.Zip(package.Files));
        Assert.Equal([RosterRules.BooleanInvalid, RosterRules.StudentWithoutClass], report.Findings.Select(finding => finding.Rule.Id));
    }

    private async Task<ValidationReport> ValidateAsync(string path, CsvLimits? limits = null) =>
        await new RosterValidator(new ValidationOptions { Limits = limits ?? new(), Time = new Noon(2026, 10, 1) }).ValidateAsync(path, TestContext.Current.CancellationToken);

    private static string Line(ValidationFinding finding) => $"{finding.File}:{finding.Line}:{finding.Column} {finding.Severity.ToString().ToLowerInvariant()} {finding.Rule.Id}";

    private sealed class Noon(int year, int month, int day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
    }
}
