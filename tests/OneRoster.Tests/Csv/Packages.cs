using System.IO.Compression;
using System.Text;
using OneRoster.Csv;
using OneRoster.Model;

namespace OneRoster.Tests.Csv;

/// <summary>A folder for the files of one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("oneroster-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Zip(IEnumerable<KeyValuePair<string, string>> files, string prefix = "") =>
        Zip(files.Select(file => (prefix + file.Key, Encoding.UTF8.GetBytes(file.Value))));

    public string Zip(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var path = System.IO.Path.Combine(Path, "roster.zip");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in files)
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(bytes);
        }

        return path;
    }

    public string Folder(IEnumerable<KeyValuePair<string, string>> files)
    {
        var path = Directory.CreateDirectory(System.IO.Path.Combine(Path, "roster")).FullName;
        foreach (var (name, text) in files)
            File.WriteAllText(System.IO.Path.Combine(path, name), text);
        return path;
    }
}

internal static class Opening
{
    public static CsvRosterSource MustOpen(string path, CsvLimits? limits = null)
    {
        var opening = CsvRosterSource.Open(path, limits ?? new CsvLimits());
        Assert.True(opening.TryGet(out var source, out var refusal), refusal?.Text);
        return source;
    }

    public static RosterRefusal MustRefuse(string path, CsvLimits? limits = null)
    {
        var opening = CsvRosterSource.Open(path, limits ?? new CsvLimits());
        Assert.False(opening.TryGet(out _, out var refusal), "It was opened.");
        Canaries.AssertNoneIn([refusal.Code, refusal.Text]);
        return refusal;
    }
}
