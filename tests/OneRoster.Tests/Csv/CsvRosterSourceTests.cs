using System.Text;
using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests.Csv;

[Trait("Requirement", "R-1.7")]
public sealed class CsvRosterSourceTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly Observer observer = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Whole_package_is_read_in_order_without_a_finding()
    {
        var rows = await ReadAsync(District.Csv12());
        Assert.Equal(
            [2, 2, 1, 2, 3, 4, 3],
            Enum.GetValues<RosterCollection>().Select(collection => rows.Count(row => row.Collection == collection)));
        Assert.Equal(rows.Select(row => row.Collection).Order(), rows.Select(row => row.Collection));
        Assert.Equal("user u1 Active enabled=True master=m1 grades=09 org=s1", Reading.Describe(rows.OfType<User>().First()));
        Assert.Equal("class k2 Active title=Home course=c1 school=s1 terms=y1|t1 Homeroom grades= subjects=", Reading.Describe(rows.OfType<Class>().Last()));
        Assert.Empty(observer.Findings);
        Assert.Equal(4, observer.Rows[RosterCollection.UserRoles]);
    }

    [Fact]
    [Trait("Requirement", "P-1.6")]
    public async Task Personal_fields_never_surface()
    {
        var files = District.Csv12();
        files["users.csv"] += $"u9,,,perhaps,{Canaries.Username}\n,,,true,{Canaries.FamilyName}\n";
        files["enrollments.csv"] += $"e9,,,k1,s1,u1,{Canaries.GivenName},{Canaries.Email},{Canaries.Phone},{Canaries.Number}\n";
        var rows = await ReadAsync(files);
        Canaries.AssertNoneIn(rows);
        Canaries.AssertNoneIn(observer.Findings);
        Assert.NotEmpty(observer.Findings);
    }

    [Fact]
    public async Task Fields_that_are_not_allowed_are_left_out()
    {
        await using var source = Opening.MustOpen(temporary.Zip(District.Csv12()));
        var rows = await source.ReadAllAsync(observer, FieldAllowList.Create(Allowed.Least));
        Assert.All(rows.OfType<Org>(), org => Assert.True(org is { Name: null, Parent: null }));
        Assert.All(rows.OfType<Class>(), @class => Assert.True(@class is { Title: null, ClassType: null, Grades: [], Subjects: [] }));
        Assert.All(rows.OfType<User>(), user => Assert.True(user is { MasterIdentifier: null, PrimaryOrg: null, Grades: [] }));
        Assert.All(rows.OfType<Enrollment>(), enrollment => Assert.True(enrollment is { Primary: null, Begin: null, End: null }));
    }

    [Fact]
    public async Task Collections_that_are_not_allowed_are_not_opened()
    {
        var files = District.Csv12();
        files["enrollments.csv"] += "\"broken";
        await using var source = Opening.MustOpen(temporary.Zip(files));
        var rows = await source.ReadAllAsync(observer, FieldAllowList.Create(Allowed.Least.Where(field => field.Item1 != RosterCollection.Enrollments)));
        Assert.DoesNotContain(rows, row => row is Enrollment);
    }

    [Fact]
    public async Task Folder_reads_like_an_archive()
    {
        await using var folder = Opening.MustOpen(temporary.Folder(District.Csv11()));
        var fromFolder = await folder.ReadAllAsync(observer);
        Assert.Equal((await ReadAsync(District.Csv11())).Select(Reading.Describe), fromFolder.Select(Reading.Describe));
    }

    [Fact]
    public async Task Untidy_files_read_like_tidy_ones()
    {
        var tidy = await ReadAsync(District.Csv12());
        File.Delete(Path.Combine(temporary.Path, "roster.zip"));
        var files = District.Csv12();
        files["orgs.csv"] = "\uFEFFparentSourcedId,metadata.x,TYPE,sourcedId,name,\r\n,canary,district,d1,Umber District,\r\n\r\n,,,,,\r\nd1,canary,school,s1,Umber Academy";
        files["classes.csv"] = files["classes.csv"].Replace("termSourcedIds", "termSourcedId", StringComparison.Ordinal);
        files["manifest.csv"] = "\uFEFFpropertyName,value\n" + files["manifest.csv"];
        files["Enrollments.CSV"] = files["enrollments.csv"].Replace("e1,,,", "e1,active,2026-01-01T00:00:00Z,", StringComparison.Ordinal);
        files.Remove("enrollments.csv");
        await using var source = Opening.MustOpen(temporary.Zip(files, "export/"));
        var rows = await source.ReadAllAsync(observer);
        Assert.Equal(tidy.Select(Reading.Describe), rows.Select(Reading.Describe));
        Assert.Equal(
            [RosterRules.ColumnAlias, RosterRules.ColumnCase, RosterRules.FileCase, RosterRules.ManifestHeaderRepeated, RosterRules.WrappingFolder],
            observer.Findings.Select(finding => finding.Rule).Order(StringComparer.Ordinal));
        Assert.All(observer.Findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Theory]
    [InlineData("Algebra \u00dc \u4ee3\u6570 \ud83d\udc69\u200d\ud83c\udfeb", true)] // A joiner holds an emoji together.
    [InlineData("Algebra\u0001", false)]
    [InlineData("\"Algebra\n1\"", false)]
    [InlineData("Algebra\u0085", false)]
    [InlineData("Algebra\u2028", false)]
    [InlineData("Algebra\u202Exob", false)]
    [InlineData("Algebra\u2066x", false)]
    [Trait("Requirement", "R-2.3")]
    public async Task Title_that_controls_more_than_itself_is_dropped_and_the_class_kept(string title, bool kept)
    {
        var files = District.Csv12();
        files["classes.csv"] = files["classes.csv"].Replace("Home,", $"{title},", StringComparison.Ordinal);

        var @class = (await ReadAsync(files)).OfType<Class>().Last();

        Assert.Equal(kept ? title : null, @class.Title);
        Assert.Equal(kept ? [] : [RosterRules.TextCharacters], observer.Findings.Select(finding => finding.Rule));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [Trait("Requirement", "R-2.3")]
    public async Task Title_of_more_than_a_thousand_bytes_is_dropped(int length, bool kept)
    {
        var files = District.Csv12();
        files["classes.csv"] = files["classes.csv"].Replace("Home,", $"{new string('x', length)},", StringComparison.Ordinal);

        Assert.Equal(kept ? length : 0, (await ReadAsync(files)).OfType<Class>().Last().Title?.Length ?? 0);
        Assert.Equal(kept ? [] : [RosterRules.TextTooLong], observer.Findings.Select(finding => finding.Rule));
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(51, 50)]
    [InlineData(200_000, 50)]
    [Trait("Requirement", "R-2.3")]
    public async Task Of_a_long_list_of_grades_fifty_are_read(int given, int read)
    {
        var files = District.Csv12();
        files["users.csv"] = files["users.csv"].Replace(",09,", $",\"{string.Join(',', Enumerable.Repeat("9", given))}\",", StringComparison.Ordinal);

        Assert.Equal(read, (await ReadAsync(files)).OfType<User>().First().Grades.Count);
        Assert.Equal(given > read ? [RosterRules.ListTooLong] : [], observer.Findings.Select(finding => finding.Rule).Distinct());
    }

    [Fact]
    [Trait("Requirement", "R-2.3")]
    public async Task Bad_row_is_dropped_and_bad_optional_value_is_dropped()
    {
        var files = District.Csv12();
        files["enrollments.csv"] =
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n" +
            "e1,,,k1,s1,u1,student,maybe,08/20/2026,2027-02-30\n" +
            "e2,,,k1,s1,,teacher,,,\n" +
            "e3,,,k1,s1,u1,pupil,,,\n" +
            "e4,gone,,k1,s1,u1,Student,,2026-08-20,2026-08-19\n" +
            "e5,tobedeleted,,k1,s1,u1,ext:helper,,,\n" +
            "e6,,,k1,s1,u1,student,,,,surplus\n" +
            "e7,,,k1,s1,u1,student\n" +
            new string('x', 256) + ",,,k1,s1,u1,student,,,\n";
        var rows = await ReadAsync(files);
        Assert.Equal(
            [
                "enrollment e1 Active u1 k1 s1 Student primary=  ",
                "enrollment e4 Active u1 k1 s1 Student primary= 2026-08-20 ",
                "enrollment e5 ToBeDeleted u1 k1 s1 Extension primary=  ",
                "enrollment e7 Active u1 k1 s1 Student primary=  ",
            ],
            rows.OfType<Enrollment>().Select(Reading.Describe));
        Assert.Equal(
            [
                (2, RosterRules.DateInvalid, "beginDate", FindingSeverity.ValueDropped),
                (2, RosterRules.DateInvalid, "endDate", FindingSeverity.ValueDropped),
                (2, RosterRules.BooleanInvalid, "primary", FindingSeverity.ValueDropped),
                (3, RosterRules.RequiredValueMissing, "userSourcedId", FindingSeverity.RowDropped),
                (4, RosterRules.NotInVocabulary, "role", FindingSeverity.RowDropped),
                (5, RosterRules.NotInVocabulary, "role", FindingSeverity.Warning),
                (5, RosterRules.EndBeforeStart, "endDate", FindingSeverity.ValueDropped),
                (5, RosterRules.NotInVocabulary, "status", FindingSeverity.ValueDropped),
                (7, RosterRules.TooManyFields, null, FindingSeverity.RowDropped),
                (8, RosterRules.TooFewFields, null, FindingSeverity.Warning),
                (9, RosterRules.IdTooLong, "sourcedId", FindingSeverity.RowDropped),
            ],
            observer.Findings.Select(finding => (finding.Line, finding.Rule, finding.Column, finding.Severity)));
        Assert.All(observer.Findings, finding => Assert.Equal("enrollments.csv", finding.File));
    }

    [Fact]
    public async Task Extension_words_are_not_part_of_1_1()
    {
        var files = District.Csv11();
        files["orgs.csv"] += "x1,,,Else,ext:canary,,\n";
        var rows = await ReadAsync(files);
        Assert.Equal(2, rows.OfType<Org>().Count());
        Assert.Equal(RosterRules.NotInVocabulary, Assert.Single(observer.Findings).Rule);
    }

    [Theory]
    [InlineData("e9,,,k1,s1,u1,\"student,,,\ne10,,,k1,s1,u1,student,,,\n")]
    [InlineData("e9,,,k1,s1,u1,\"stu\"dent,,,\n")]
    public async Task Broken_quoting_ends_the_reading_with_its_line(string tail)
    {
        var files = District.Csv12();
        files["enrollments.csv"] += tail.Replace("u1", Canaries.Number, StringComparison.Ordinal);
        var failure = await FailAsync(files);
        Assert.Equal((RosterFailures.QuotingBroken, RosterCollection.Enrollments, 5L), (failure.Code, failure.Collection, failure.Line));
    }

    [Fact]
    public async Task Record_without_end_is_stopped_at_the_limit()
    {
        var files = District.Csv12();
        files["enrollments.csv"] += "e9,,,k1,s1,u1,\"student" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"\n{i * 7919 % 100003},canary"));
        await using var source = Opening.MustOpen(temporary.Zip(files), new CsvLimits { RecordBytes = 100_000 });
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer));
        Assert.Equal(RosterFailures.RecordTooLong, failure.Code);
    }

    [Fact]
    public async Task Windows_1252_deep_in_a_file_ends_the_reading()
    {
        var files = District.Csv12().ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value));
        var many = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"x{i},,,true,{i * 7919 % 100003}\n"));
        files["users.csv"] = [.. files["users.csv"], .. Encoding.UTF8.GetBytes(many), .. Encoding.Latin1.GetBytes("u9,,,true,é\n")];
        await using var source = Opening.MustOpen(temporary.Zip(files.Select(file => (file.Key, file.Value))));
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer));
        Assert.Equal((RosterFailures.EncodingNotUtf8, RosterCollection.Users), (failure.Code, failure.Collection));
    }

    [Fact]
    public async Task File_that_vanishes_or_shrinks_after_opening_ends_the_reading()
    {
        var path = temporary.Folder(District.Csv12());
        await using var source = Opening.MustOpen(path);
        File.WriteAllText(Path.Combine(path, "orgs.csv"), "sourcedId,status,type\n");
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer));
        Assert.Equal((RosterFailures.ReadFailed, "orgs.csv"), (failure.Code, failure.File));
        File.Delete(Path.Combine(path, "orgs.csv"));
        failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer));
        Assert.Equal((RosterFailures.ReadFailed, "orgs.csv"), (failure.Code, failure.File));
        Assert.DoesNotContain(path, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_can_be_stopped_and_started_again()
    {
        await using var source = Opening.MustOpen(temporary.Zip(District.Csv12()));
        await foreach (var row in source.ReadAsync(Allowed.Everything, observer, TestContext.Current.CancellationToken))
            if (row is Class)
                break;
        Assert.Equal(17, (await source.ReadAllAsync(observer)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Characters_may_be_cut_anywhere(int packet)
    {
        Assert.Equal("aé€😀z", Pass("aé€😀z"u8.ToArray(), packet));
        Assert.Throws<RosterSourceException>(() => Pass([(byte)'a', 0xC3, (byte)'z'], packet));
        Assert.Throws<RosterSourceException>(() => Pass([(byte)'a', 0xE2, 0x82], packet));
        Assert.Throws<RosterSourceException>(() => Pass([0x80, (byte)'a'], packet));
        Assert.Throws<RosterSourceException>(() => Pass([(byte)'a', 0xED, 0xA0, 0x80], packet));
    }

    private static string Pass(byte[] bytes, int packet)
    {
        using var stream = new CheckedStream(new MemoryStream(bytes), RosterCollection.Users, "users.csv", new PackageFile("users.csv", bytes.Length), long.MaxValue);
        var passed = new MemoryStream();
        stream.CopyTo(passed, packet);
        return Encoding.UTF8.GetString(passed.ToArray());
    }

    [Fact]
    public async Task Damaged_archive_ends_the_reading()
    {
        var files = District.Csv12();
        files["enrollments.csv"] += string.Concat(Enumerable.Range(0, 50_000).Select(i => $"x{i * 7919 % 100003},,,k1,s1,u1,student,,,\n"));
        var path = temporary.Zip(files);
        var bytes = File.ReadAllBytes(path);
        var entry = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("enrollments.csv"));
        bytes.AsSpan(entry + 100_000, 5000).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        await using var source = Opening.MustOpen(path);
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer));
        Assert.Null(failure.InnerException);
        Canaries.AssertNoneIn([failure.ToString()]);
    }

    private async Task<List<RosterRow>> ReadAsync(Dictionary<string, string> files)
    {
        await using var source = Opening.MustOpen(temporary.Zip(files));
        return await source.ReadAllAsync(observer);
    }

    private async Task<RosterSourceException> FailAsync(Dictionary<string, string> files)
    {
        await using var source = Opening.MustOpen(temporary.Zip(files));
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer));
        Canaries.AssertNoneIn([failure.ToString()]);
        Assert.Null(failure.InnerException);
        return failure;
    }
}
