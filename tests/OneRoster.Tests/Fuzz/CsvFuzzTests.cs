using System.IO.Compression;
using System.Text;
using FsCheck.Fluent;
using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Tests.Csv;
using OneRoster.Tests.Validation;
using OneRoster.Validation;
using OneRoster.Validation.Checks;

namespace OneRoster.Tests.Fuzz;

/// <summary>Whatever the bytes: a refusal, a failure of the source or rows; no other exception, and never content in what is said about it.</summary>
[Trait("Requirement", "R-1.7")]
public sealed class CsvFuzzTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData(RosterCollection.Users, OneRosterVersion.V1P1)]
    [InlineData(RosterCollection.Classes, OneRosterVersion.V1P2)]
    [InlineData(RosterCollection.UserRoles, OneRosterVersion.V1P2)]
    [InlineData(RosterCollection.Enrollments, OneRosterVersion.V1P2)]
    public void Files_of_any_bytes_are_read_or_refused(RosterCollection collection, OneRosterVersion version)
    {
        var header = string.Join(',', SpecColumn.Of(collection, version).Select(column => column.Name));
        var (read, broken, rows) = (0, 0, new List<RosterRow>());
        Fuzzing.Run(1_750, HostileBytes.File(header), bytes =>
        {
            var ledger = new FindingLedger(20);
            var checks = new RowChecks(ledger, new KnownRows(), version, new DateOnly(2026, 10, 1));
            var declared = new PackageFile("x", bytes.Length);
            using var stream = new CheckedStream(new MemoryStream(bytes), collection, CsvSchema.FileOf(collection), declared, long.MaxValue);
            var inspection = new RecordInspection(collection, version, checks);
            var reader = new CsvFileReader(stream, collection, version, RosterExtent.Changes, Allowed.Everything, ledger, new CsvLimits { RecordBytes = 2000 }, inspection);
            try
            {
                while (Wait(reader.ReadRecordAsync(rows, CancellationToken.None)))
                    rows.ForEach(row => checks.Take(row, inspection.Id, reader.Line));
                read++;
            }
            catch (RosterSourceException failure)
            {
                broken++;
                SaysNothing(failure.ToString());
            }
            finally
            {
                reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }

            rows.Clear();
            ledger.Findings.ToList().ForEach(finding => SaysNothing(finding.ToString()));
        });

        // Neither side of the property is empty.
        Assert.InRange(read, 200, 1_650);
        Assert.InRange(broken, 100, 1_550);
    }

    [Fact]
    public void Manifests_of_any_bytes_are_read_or_refused()
    {
        var text = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\nfile.orgs,delta\n";
        var (read, refused) = (0, 0);
        Fuzzing.Run(1_500, Gen.OneOf(HostileBytes.File(text), HostileBytes.Bent(Encoding.UTF8.GetBytes(text), 6)), bytes =>
        {
            var problem = PackageSurvey.Guard("manifest.csv", () =>
            {
                using var stream = new CheckedStream(new MemoryStream(bytes), null, "manifest.csv", new PackageFile("x", bytes.Length), 1 << 20);
                var (manifest, refusal) = CsvManifest.Read(stream);
                return manifest is null ? new PackageProblem(refusal!.Code, refusal.Text) : null;
            });
            SaysNothing(problem?.ToString() ?? "");
            _ = problem is null ? read++ : refused++;
        });
        Assert.InRange(read, 100, 1_400);
        Assert.InRange(refused, 100, 1_400);
    }

    [Fact]
    public void Archives_of_any_bytes_are_read_or_refused()
    {
        var whole = File.ReadAllBytes(temporary.Zip(CleanPackage.Of12().Files));
        var stored = Stored(CleanPackage.Of11().Files);
        var path = Path.Combine(temporary.Path, "bent.zip");
        var codes = new HashSet<string>();
        var read = 0;
        Fuzzing.Run(2_000, Gen.OneOf(HostileBytes.Bent(whole, 3), HostileBytes.Bent(stored, 3)), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            var report = new RosterValidator(new ValidationOptions()).ValidateAsync(path, CancellationToken.None).GetAwaiter().GetResult();
            report.Findings.ToList().ForEach(finding => SaysNothing(finding.ToString()));
            codes.UnionWith(report.Findings.Select(finding => finding.Rule.Id));
            if (!CsvRosterSource.Open(path, new CsvLimits()).TryGet(out var source, out var refusal))
            {
                SaysNothing(refusal.ToString());
                return;
            }

            try
            {
                Wait(CountAsync(source));
                read++;
            }
            catch (RosterSourceException failure)
            {
                SaysNothing(failure.ToString());
            }
        });
        Assert.InRange(read, 10, 1_900);
        Assert.Superset(new HashSet<string> { RosterFailures.NotAZip, RosterFailures.Inconsistent, RosterFailures.ReadFailed }, codes);
    }

    private static byte[] Stored(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }

        return packed.ToArray();
    }

    private static async ValueTask<bool> CountAsync(CsvRosterSource source)
    {
        await using (source)
            await foreach (var _ in source.ReadAsync(Allowed.Everything, new Observer(), CancellationToken.None))
            {
            }

        return true;
    }

    private static bool Wait(ValueTask<bool> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private static void SaysNothing(string text)
    {
        foreach (var canary in Canaries.All)
            Assert.DoesNotContain(canary, text, StringComparison.OrdinalIgnoreCase);
    }
}
