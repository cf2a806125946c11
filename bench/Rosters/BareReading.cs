using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Gateway.Bench.Rosters;

/// <summary>
/// The floor of reading an archive: its seven files are inflated, every field and record is found (quotes minded) and nothing is kept;
/// then each record's own identifier is hashed, once, with a bare HMAC-SHA-256. An identifier that is referred to is not hashed again.
/// </summary>
internal static class BareReading
{
    private static readonly string[] Files = ["orgs.csv", "academicSessions.csv", "courses.csv", "classes.csv", "users.csv", "roles.csv", "enrollments.csv"];
    private static readonly HashSet<string> Hashed = ["orgs.csv", "academicSessions.csv", "courses.csv", "classes.csv", "users.csv"];
    private static readonly SearchValues<byte> Marks = SearchValues.Create(",\"\n"u8);

    public static ReadingCost Measure(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var begun = Stopwatch.GetTimestamp();
        long rows = 0, identifiers = 0;
        foreach (var name in Files)
        {
            using var stream = archive.GetEntry(name)!.Open();
            var found = CountRows(stream) - 1;
            rows += found;
            identifiers += Hashed.Contains(name) ? found : 0;
        }

        var inflated = Stopwatch.GetElapsedTime(begun);
        begun = Stopwatch.GetTimestamp();
        Span<byte> message = stackalloc byte[45];
        Span<byte> hash = stackalloc byte[32];
        var key = RandomNumberGenerator.GetBytes(32);
        for (long i = 0; i < identifiers; i++)
        {
            BitConverter.TryWriteBytes(message, i);
            HMACSHA256.HashData(key, message, hash);
        }

        return new ReadingCost(rows, inflated, Stopwatch.GetElapsedTime(begun));
    }

    private static long CountRows(Stream stream)
    {
        var buffer = new byte[1 << 16];
        long rows = 0, fields = 0;
        var quoted = false;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            var rest = buffer.AsSpan(0, read);
            for (int at; (at = quoted ? rest.IndexOf((byte)'"') : rest.IndexOfAny(Marks)) >= 0; rest = rest[(at + 1)..])
            {
                switch (rest[at])
                {
                    case (byte)'"':
                        quoted = !quoted;
                        break;
                    case (byte)',':
                        fields++;
                        break;
                    default:
                        rows++;
                        break;
                }
            }
        }

        return fields > 0 ? rows : 0;
    }
}

/// <summary>What reading cost.</summary>
/// <param name="Rows">Records in the seven files, headers left out.</param>
/// <param name="Read">Inflating and splitting.</param>
/// <param name="Hash">Hashing each identifier once.</param>
internal sealed record ReadingCost(long Rows, TimeSpan Read, TimeSpan Hash)
{
    public double Seconds => (Read + Hash).TotalSeconds;
}
