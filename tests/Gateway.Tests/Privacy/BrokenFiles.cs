using System.IO.Compression;
using System.Text;
using Samples.MadeUpDistrict;

namespace Gateway.Tests.Privacy;

/// <summary>A district's CSV export, broken in every way that would make a careless reader quote a person's data.</summary>
internal static class BrokenFiles
{
    /// <summary>Ways to break the files of an unpacked OneRoster 1.2 export.</summary>
    public static IEnumerable<Action<string>> Ways(Person person) =>
    [
        folder => Append(folder, "users.csv", $"\"{person.Email},{person.FamilyName}"),
        folder => Append(folder, "users.csv", $"{person.SourcedId},,,true,{person.Username},{person.Email},{person.FamilyName}"),
        folder => Append(folder, "users.csv", string.Join(',', Enumerable.Repeat(person.Email, 40))),
        folder => Append(folder, "users.csv", $"{person.SourcedId}-new,{person.FamilyName},{person.Email},{person.Username}{new string(',', 19)}"),
        folder => Replace(folder, "users.csv", "givenName,familyName", $"{person.GivenName} {person.FamilyName},{person.Email}"),
        folder => Replace(folder, "users.csv", ",true,", $",{person.Email},"),
        folder => Replace(folder, "enrollments.csv", ",student,", $",{person.FamilyName},"),
        folder => Append(folder, "enrollments.csv", $"{person.SourcedId},,,{person.Email},{person.FamilyName},{person.Username},student,,{person.Phone},{person.Number}"),
        folder => Append(folder, "roles.csv", $"{person.SourcedId}-x,,,{person.Username},{person.Email},{person.FamilyName},{person.Phone},,{person.Number},"),
        folder => Append(folder, "manifest.csv", $"file.{person.Username},{person.Email}"),
        folder => Replace(folder, "manifest.csv", "file.users,bulk", $"file.users,{person.Email}"),
        folder => File.WriteAllText(Path.Combine(folder, "manifest.csv"), person.Email),
        folder => File.WriteAllText(Path.Combine(folder, $"{person.Username}.csv"), person.Email),
        folder => File.Delete(Path.Combine(folder, "orgs.csv")),
        folder => File.AppendAllText(Path.Combine(folder, "users.csv"), $"{person.Email}\uFFFF{person.FamilyName}\xFF\r\n", Encoding.Latin1),
        folder => Append(folder, "academicSessions.csv", $"{person.SourcedId},,,{person.FamilyName},{person.Email},{person.Phone},{person.Number},{person.Username},{person.Email}"),
    ];

    public static void Unpack(byte[] archive, string folder)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        zip.ExtractToDirectory(folder);
    }

    private static void Append(string folder, string file, string line) => File.AppendAllText(Path.Combine(folder, file), line + "\r\n");

    private static void Replace(string folder, string file, string old, string text)
    {
        var path = Path.Combine(folder, file);
        var content = File.ReadAllText(path);
        if (!content.Contains(old, StringComparison.Ordinal))
            throw new InvalidOperationException($"{file} has no place to break.");
        File.WriteAllText(path, content.Replace(old, text, StringComparison.Ordinal));
    }
}
