using System.Text;
using OneRoster.Csv;
using OneRoster.Validation;

namespace OneRoster.Tests.Csv;

[Trait("Requirement", "R-1.7")]
public sealed class CsvOpeningTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Path_without_anything_is_refused() =>
        Assert.Equal(RosterFailures.NotFound, Opening.MustRefuse(Path.Combine(temporary.Path, "none.zip")).Code);

    [Fact]
    public void File_that_is_no_archive_is_refused()
    {
        var path = Path.Combine(temporary.Path, "roster.zip");
        File.WriteAllText(path, "sourcedId," + Canaries.FamilyName);
        Assert.Equal(RosterFailures.NotAZip, Opening.MustRefuse(path).Code);
        File.WriteAllText(path, "");
        Assert.Equal(RosterFailures.NotAZip, Opening.MustRefuse(path).Code);
    }

    [Fact]
    public void Archive_cut_off_in_the_middle_is_refused()
    {
        var path = temporary.Zip(District.Csv12());
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^200]);
        Assert.Equal(RosterFailures.NotAZip, Opening.MustRefuse(path).Code);
    }

    [Fact]
    public void Package_without_a_manifest_is_refused()
    {
        var files = District.Csv12();
        files.Remove("manifest.csv");
        Assert.Equal(RosterFailures.ManifestMissing, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Theory]
    [InlineData("oneroster.version,1.2", "oneroster.version,2.0", RosterFailures.VersionUnsupported)]
    [InlineData("oneroster.version,1.2\n", "", RosterFailures.VersionUnsupported)]
    [InlineData("manifest.version,1.0", "manifest.version,9", RosterFailures.ManifestInvalid)]
    [InlineData("file.users,bulk", "file.users,bulk\nfile.users,delta", RosterFailures.ManifestInvalid)]
    [InlineData("file.users,bulk", "file.users,absent", RosterFailures.RequiredFileMissing)]
    [InlineData("file.users,bulk", "file.users,whatever", RosterFailures.ManifestInvalid)]
    [InlineData("propertyName", "\"propertyName", RosterFailures.QuotingBroken)]
    public void Manifest_that_does_not_promise_a_whole_roster_is_refused(string from, string to, string code)
    {
        var files = District.Csv12();
        files["manifest.csv"] = files["manifest.csv"].Replace(from, to, StringComparison.Ordinal);
        Assert.Equal(code, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Theory]
    [InlineData("users.csv")]
    [InlineData("roles.csv")]
    [InlineData("enrollments.csv")]
    public void Package_without_a_required_file_is_refused(string file)
    {
        var files = District.Csv12();
        files.Remove(file);
        var refusal = Opening.MustRefuse(temporary.Zip(files));
        Assert.Equal(RosterFailures.RequiredFileMissing, refusal.Code);
        Assert.Contains(file, refusal.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../users.csv")]
    [InlineData("a\\..\\..\\users.csv")]
    [InlineData("/etc/users.csv")]
    [InlineData("C:\\users.csv")]
    public void Name_that_points_out_of_the_archive_is_refused(string name)
    {
        var files = District.Csv12().Append(new(name, "x"));
        Assert.Equal(RosterFailures.PathTraversal, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void Archive_in_an_archive_is_refused()
    {
        Assert.Equal(RosterFailures.Nested, Opening.MustRefuse(temporary.Zip([("inner.zip", [1])])).Code);
        File.Delete(Path.Combine(temporary.Path, "roster.zip"));
        var disguised = District.Csv12();
        disguised["users.csv"] = "PK\x03\x04 an archive by its first bytes";
        Assert.Equal(RosterFailures.Nested, Opening.MustRefuse(temporary.Zip(disguised)).Code);
    }

    [Fact]
    public void Encrypted_archive_is_refused()
    {
        var path = temporary.Zip(District.Csv12());
        var bytes = File.ReadAllBytes(path);

        // Bit 0 of the general purpose flag, in each entry of the central directory (APPNOTE 4.4.4).
        for (var at = bytes.AsSpan().IndexOf("PK\x01\x02"u8); at >= 0;)
        {
            bytes[at + 8] |= 1;
            var next = bytes.AsSpan(at + 4).IndexOf("PK\x01\x02"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        File.WriteAllBytes(path, bytes);
        Assert.Equal(RosterFailures.Encrypted, Opening.MustRefuse(path).Code);
    }

    [Fact]
    public void Archive_with_too_many_entries_is_refused_before_they_are_listed()
    {
        var files = Enumerable.Range(0, 300).Select(i => new KeyValuePair<string, string>($"f{i}.txt", "x"));
        Assert.Equal(RosterFailures.TooManyEntries, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void Archive_whose_entry_count_lies_is_refused()
    {
        var files = Enumerable.Range(0, 5000).Select(i => new KeyValuePair<string, string>($"f{i}-{new string('x', 100)}.txt", "x"));
        var path = temporary.Zip(files);
        var bytes = File.ReadAllBytes(path);
        bytes[^12] = bytes[^14] = 3;
        bytes[^11] = bytes[^13] = 0;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(RosterFailures.TooManyEntries, Opening.MustRefuse(path).Code);
    }

    [Fact]
    public void File_that_shrinks_like_a_bomb_is_refused()
    {
        var files = District.Csv12();
        files["enrollments.csv"] += new string('0', 8 << 20);
        Assert.Equal(RosterFailures.Bomb, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void File_above_the_limit_is_refused()
    {
        var path = temporary.Zip(District.Csv12());
        Assert.Equal(RosterFailures.TooLarge, Opening.MustRefuse(path, new CsvLimits { FileBytes = 100 }).Code);
        Assert.Equal(RosterFailures.TooLarge, Opening.MustRefuse(path, new CsvLimits { TotalBytes = 1000 }).Code);
    }

    [Fact]
    public void Utf16_is_refused()
    {
        var files = District.Csv12().Select(file => (file.Key, file.Key == "users.csv"
            ? [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(file.Value)]
            : Encoding.UTF8.GetBytes(file.Value)));
        Assert.Equal(RosterFailures.EncodingUtf16, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void Windows_1252_is_refused_even_if_only_an_unread_column_shows_it()
    {
        var files = District.Csv12().Select(file => (file.Key, Encoding.Latin1.GetBytes(file.Value)));
        Assert.Equal(RosterFailures.EncodingNotUtf8, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void Missing_column_is_refused()
    {
        var files = District.Csv12();
        files["classes.csv"] = files["classes.csv"].Replace("schoolSourcedId", "school", StringComparison.Ordinal);
        var refusal = Opening.MustRefuse(temporary.Zip(files));
        Assert.Equal(RosterFailures.ColumnMissing, refusal.Code);
        Assert.Contains("schoolSourcedId", refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void File_without_a_header_is_refused_without_showing_its_first_row()
    {
        var files = District.Csv12();
        files["users.csv"] = files["users.csv"][(files["users.csv"].IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.Equal(RosterFailures.ColumnMissing, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void Column_that_is_there_twice_is_refused()
    {
        var files = District.Csv12();
        files["orgs.csv"] = files["orgs.csv"].Replace("identifier", "type", StringComparison.Ordinal);
        Assert.Equal(RosterFailures.ColumnTwice, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public void Link_in_a_folder_is_refused()
    {
        var outside = Path.Combine(temporary.Path, "outside.csv");
        File.WriteAllText(outside, "secret");
        var path = temporary.Folder(District.Csv12());
        File.Delete(Path.Combine(path, "users.csv"));
        File.CreateSymbolicLink(Path.Combine(path, "users.csv"), outside);
        Assert.Equal(RosterFailures.Link, Opening.MustRefuse(path).Code);
    }

    [Fact]
    public void Refusal_leaves_the_file_free()
    {
        var path = temporary.Zip([("a.txt", [1])]);
        Opening.MustRefuse(path);
        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(exclusive.CanWrite);
    }
}
