using System.IO.Compression;
using System.Text;
using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests.Csv;

/// <summary>Archives that lie: about sizes, places, names, ends and content.</summary>
[Trait("Requirement", "R-1.7")]
public sealed class HostileZipTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Archive_that_nobody_bent_is_opened_whoever_packed_it()
    {
        Assert.Null(Bend(_ => { }));
        Assert.Null(Bend(zip => zip.PutShort(zip.Central("users.csv") + 34, 0)));

        // A comment that says how long it is, and one that holds the beginning of an end.
        Assert.Null(Bend(zip => Comment(zip, "made by a SIS"u8)));
        Assert.Null(Bend(zip => Comment(zip, "PK\x05\x06"u8)) is { } refusal && refusal.Code != RosterFailures.NotAZip ? refusal : null);
    }

    [Fact]
    public void Packed_as_it_is_streamed_it_is_opened()
    {
        // To a stream that cannot seek, sizes come behind the data (general purpose bit 3).
        var path = Path.Combine(temporary.Path, "streamed.zip");
        using (var file = new ForwardStream(File.Create(path)))
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
            foreach (var (name, text) in District.Csv12())
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

        Assert.NotEqual(0, File.ReadAllBytes(path)[6] & 8);
        Assert.Equal(OneRosterVersion.V1P2, Opening.MustOpen(path).Version);
    }

    [Fact]
    public void Two_ends_are_refused() =>
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => Comment(zip, zip.Bytes.AsSpan(zip.End, 22).ToArray()))?.Code);

    [Fact]
    public void Bytes_behind_the_end_are_refused() =>
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.Append("more"u8))?.Code);

    [Fact]
    public void Entries_that_share_bytes_are_refused() => Assert.Equal(RosterFailures.Bomb, Bend(zip =>
    {
        foreach (var field in new[] { 16, 20, 24, 42 })
            zip.PutInt(zip.Central("users.csv") + field, zip.Int(zip.Central("orgs.csv") + field));
    })?.Code);

    [Fact]
    public void Entry_that_begins_inside_another_is_refused() =>
        Assert.Equal(RosterFailures.Bomb, Bend(zip => zip.PutInt(zip.Central("orgs.csv") + 20, zip.Int(zip.Central("orgs.csv") + 20) + 200))?.Code);

    [Fact]
    public void Name_that_is_another_in_front_of_the_data_is_refused() =>
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.Bytes[zip.Local("users.csv") + 30] = (byte)'x')?.Code);

    [Fact]
    public void Method_that_is_another_in_front_of_the_data_is_refused() =>
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.PutShort(zip.Local("users.csv") + 8, 0))?.Code);

    [Theory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0x7FFFFFFF)]
    public void Entry_beyond_the_archive_is_refused(long packed) =>
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.PutInt(zip.Central("enrollments.csv") + 20, packed))?.Code);

    [Fact]
    public void Sixty_four_bit_lies_are_refused()
    {
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.PutInt(zip.Central("users.csv") + 24, 0xFFFFFFFF))?.Code);
        Assert.NotNull(Bend(zip => zip.PutInt(zip.End + 16, 0xFFFFFFFF)));
        Assert.NotNull(Bend(zip => zip.PutShort(zip.End + 10, 0xFFFF)));
    }

    [Fact]
    public void Directory_with_more_or_fewer_entries_than_it_counts_is_refused()
    {
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.PutShort(zip.End + 10, 3))?.Code);
        Assert.Equal(RosterFailures.Inconsistent, Bend(zip => zip.PutShort(zip.End + 10, 30))?.Code);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(93)]
    public void Method_that_is_not_read_is_refused(int method) => Assert.Equal(RosterFailures.MethodUnsupported, Bend(zip =>
    {
        zip.PutShort(zip.Central("users.csv") + 10, method);
        zip.PutShort(zip.Local("users.csv") + 8, method);
    })?.Code);

    [Fact]
    public void Entry_that_only_its_own_header_calls_encrypted_is_refused() =>
        Assert.Equal(RosterFailures.Encrypted, Bend(zip => zip.Bytes[zip.Local("users.csv") + 6] |= 1)?.Code);

    [Fact]
    public void Link_is_refused() => Assert.Equal(RosterFailures.Link, Bend(zip =>
    {
        zip.Bytes[zip.Central("users.csv") + 5] = 3;
        zip.PutInt(zip.Central("users.csv") + 38, 0xA1FF0000);
    })?.Code);

    [Theory]
    [InlineData("users.csv")]
    [InlineData("USERS.csv")]
    public void Two_files_of_one_name_are_refused(string name)
    {
        var files = District.Csv12().Append(new(name, "x"));
        Assert.Equal(RosterFailures.FileTwice, Opening.MustRefuse(temporary.Zip(files)).Code);
    }

    [Fact]
    public async Task Entry_larger_than_declared_is_not_read_to_its_end()
    {
        var failure = await ReadBentAsync(zip =>
        {
            zip.PutInt(zip.Central("enrollments.csv") + 24, zip.Int(zip.Central("enrollments.csv") + 24) - 20);
            zip.PutInt(zip.Local("enrollments.csv") + 22, zip.Int(zip.Local("enrollments.csv") + 22) - 20);
        });
        Assert.Equal((RosterFailures.ReadFailed, "enrollments.csv"), (failure.Code, failure.File));
    }

    [Fact]
    public async Task Damaged_entry_is_not_taken_for_whole()
    {
        // Stored, so that a changed letter unpacks without complaint: a class's id in an enrollment.
        var failure = await ReadBentAsync(zip =>
            zip.Bytes[zip.Data("enrollments.csv") + zip.Bytes.AsSpan(zip.Data("enrollments.csv")).IndexOf("k1,s1"u8) + 1] ^= 3, CompressionLevel.NoCompression);
        Assert.Equal((RosterFailures.ReadFailed, "enrollments.csv"), (failure.Code, failure.File));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1000)]
    [InlineData(65_536)]
    public void Checksum_is_that_of_zip_archives_in_whatever_pieces(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("x").Open())
            entry.Write(bytes);
        var expected = new ZipArchive(packed).Entries[0].Crc32;
        Assert.Equal(expected, Crc32.Append(0, bytes));
        Assert.Equal(expected, ~Crc32.BySlices(uint.MaxValue, bytes));
        Assert.Equal(expected, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, length / 3)), bytes.AsSpan(length / 3)));
    }

    private static void Comment(ZipBytes zip, ReadOnlySpan<byte> comment)
    {
        zip.PutShort(zip.End + 20, comment.Length);
        zip.Append(comment);
    }

    private string Bent(Action<ZipBytes> bend, CompressionLevel level)
    {
        var path = Path.Combine(temporary.Path, Path.GetRandomFileName());
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
            foreach (var (name, text) in District.Csv12())
            {
                // Long enough that opening, which looks at the head, does not come to the end.
                var rest = name == "enrollments.csv" ? string.Concat(Enumerable.Range(0, 20_000).Select(i => $"x{i * 7919L % 100003:D6},,,k1,s1,u1,student,,,\n")) : "";
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text + rest));
            }

        var zip = new ZipBytes(File.ReadAllBytes(path));
        bend(zip);
        File.WriteAllBytes(path, zip.Bytes);
        return path;
    }

    private RosterRefusal? Bend(Action<ZipBytes> bend)
    {
        var opening = CsvRosterSource.Open(Bent(bend, CompressionLevel.Optimal), new CsvLimits());
        opening.Source?.DisposeAsync().AsTask().Wait();
        return opening.Refusal;
    }

    private async Task<RosterSourceException> ReadBentAsync(Action<ZipBytes> bend, CompressionLevel level = CompressionLevel.Optimal)
    {
        await using var source = Opening.MustOpen(Bent(bend, level));
        return await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(new Observer()));
    }

    /// <summary>A stream that cannot go back.</summary>
    private sealed class ForwardStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
