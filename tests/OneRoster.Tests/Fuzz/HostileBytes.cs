using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OneRoster.Tests.Fuzz;

/// <summary>Files and archives as only somebody with bad intentions, or a bad export, would write them.</summary>
internal static class HostileBytes
{
    private static readonly string[] Values =
    [
        "", " ", "u1", "k1", "s1", "t1", "active", "tobedeleted", "true", "False", "1", "student", "Teacher", "ext:canary", "primary", "school", "District",
        "2026-08-15", "2026-02-30", "2027-01-15T00:00:00.000Z", "0000-00-00", "9999-12-31", "2027", "09", "Ninth grade", "\"09,10\"", "\",,\"", "09;10", "[\"09\"]",
        Canaries.FamilyName, Canaries.Number, Canaries.Email, "\"" + Canaries.GivenName + "\"", "\"a\"\"b\"", "\"", "\"\"", "a\"b", "\"a\"b", "\"line\nbreak\"", "é", "😀",
        "\u202e", "\0", "\t", "propertyName", "oneroster.version", "1.1", "1.2", "file.users", "file.orgs", "bulk", "delta", "absent", "manifest.version", "1.0",
    ];

    private static readonly byte[][] Breaks = [.. new[] { ",", ",", ",", ",", ",", ",", "\n", "\n", "\r\n", "\r", ",\n", "\n\n", ";", "" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Starts =
    [
        [], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], "PK\x03\x04"u8.ToArray(), [0xEF, 0xBB],
    ];

    /// <summary>Records of values and breaks, with a bad byte here and there.</summary>
    public static Gen<byte[]> Records { get; } = Gen.Frequency(
            (20, Gen.Elements(Values).Select(Encoding.UTF8.GetBytes)),
            (1, Gen.Choose(0, 255).Select(letter => new[] { (byte)letter })),
            (1, Gen.Choose(200, 3000).Select(length => Encoding.UTF8.GetBytes(new string('x', length)))))
        .SelectMany(value => Gen.Elements(Breaks).Select(end => (byte[])[.. value, .. end]))
        .ArrayOf().Select(parts => parts.SelectMany(part => part).ToArray());

    /// <summary>A file: mostly with the header that belongs there, sometimes with whatever.</summary>
    public static Gen<byte[]> File(string header) =>
        from start in Gen.Frequency((12, Gen.Constant(Starts[0])), (4, Gen.Elements(Starts)))
        from head in Gen.Frequency((10, Gen.Constant(Encoding.UTF8.GetBytes(header + "\n"))), (1, Records), (2, Bent(Encoding.UTF8.GetBytes(header + "\n"), 4)))
        from rows in Records
        select (byte[])[.. start, .. head, .. rows];

    /// <summary>Bytes with a few changes: other letters, pieces gone, pieces twice, a shorter end.</summary>
    public static Gen<byte[]> Bent(byte[] bytes, int most) =>
        from changes in Gen.Choose(1, most).SelectMany(count => Gen.Zip(Gen.Choose(0, 6), Gen.Zip(Gen.Choose(0, int.MaxValue - 1), Gen.Choose(0, 255))).ListOf(count))
        select changes.Aggregate(bytes, (bent, change) => Change(bent, change.Item1, change.Item2.Item1, (byte)change.Item2.Item2));

    private static byte[] Change(byte[] bytes, int kind, int where, byte letter)
    {
        if (bytes.Length == 0)
            return [letter];

        // Half of the changes go to the last part, where an archive's directory is.
        var at = where % 2 == 0 ? where % bytes.Length : bytes.Length - 1 - (where % Math.Min(bytes.Length, 800));
        var to = Math.Min(bytes.Length, at + letter);
        return kind switch
        {
            0 => [.. bytes[..at], .. bytes[to..]],
            1 => [.. bytes[..to], .. bytes[at..]],
            2 when letter > 200 => bytes[..at],
            3 => [.. bytes[..at], 0xFF, 0xFF, 0xFF, 0xFF, .. bytes[Math.Min(bytes.Length, at + 4)..]],
            _ => [.. bytes[..at], letter, .. bytes[(at + 1)..]],
        };
    }
}
