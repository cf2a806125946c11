using System.Diagnostics;
using System.Security.Cryptography;
using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Validation;

namespace Gateway.Bench.Rosters;

/// <summary>
/// What each step of reading an archive adds, on one thread and without a database: bare, by the library, and pseudonymised.
/// <c>bench roster-reading ROUNDS STUDENTS</c>
/// </summary>
internal static class ReadingSteps
{
    public static async Task RunAsync(int rounds, int students)
    {
        var folder = Directory.CreateTempSubdirectory("reading.");
        try
        {
            var archive = Path.Combine(folder.FullName, "roster.zip");
            await RosterArchive.WriteAsync(archive, new MadeUpRoster(students, EnrollmentsEach: 6, ChangedPerMille: 0));
            for (var round = 0; round < rounds; round++)
            {
                var bare = BareReading.Measure(archive);
                var (library, _) = await MeasureAsync(archive, pseudonymiser: null);
                var (pseudonymous, allocated) = await MeasureAsync(archive, new RosterPseudonymiser(new DistrictKeyRing(1, 1, RandomNumberGenerator.GetBytes(32)), RosterReading.Default));
                Console.WriteLine($"{bare.Rows:N0} rows: bare {bare.Read.TotalSeconds:F2} s and hashes {bare.Hash.TotalSeconds:F2} s, library {library:F2} s, pseudonymised {pseudonymous:F2} s, {allocated / bare.Rows} bytes allocated a row");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Seconds, long Allocated)> MeasureAsync(string archive, RosterPseudonymiser? pseudonymiser)
    {
        await using var source = CsvRosterSource.Open(archive, new CsvLimits()).Source!;
        var (begun, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        await foreach (var row in source.ReadAsync(RosterAllowList.For(RosterReading.Default, PrivacyPolicy.Product, PrivacyPolicy.Product.Current.Number), new Deaf(), CancellationToken.None))
        {
            if (pseudonymiser is not null)
                Take(pseudonymiser, row);
        }

        return (Stopwatch.GetElapsedTime(begun).TotalSeconds, GC.GetTotalAllocatedBytes() - allocated);
    }

    private static object? Take(RosterPseudonymiser pseudonymiser, RosterRow row) => row switch
    {
        Org org => pseudonymiser.Of(org),
        AcademicSession session => pseudonymiser.Of(session),
        Course course => pseudonymiser.Of(course),
        Class @class => pseudonymiser.Of(@class),
        User user => pseudonymiser.Of(user),
        UserRole role => pseudonymiser.Of(role, changes: false),
        Enrollment enrollment => pseudonymiser.Of(enrollment, changes: false),
        _ => null,
    };
}

/// <summary>An observer that hears nothing.</summary>
internal sealed class Deaf : IRosterObserver
{
    public void Report(RosterFinding finding)
    {
    }

    public void Progress(RosterCollection collection, long rows, long? expected)
    {
    }

    public void Restarted(RosterCollection collection)
    {
    }
}
