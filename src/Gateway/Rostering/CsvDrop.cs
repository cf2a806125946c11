using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Rostering;

/// <summary>
/// The folder where a district's archives are dropped. The folder itself is the operator's choice and may be a link; what lies in it may not.
/// </summary>
internal static class CsvDrop
{
    /// <summary>The newest archive in the folder; without one, the folder itself if it holds a manifest.</summary>
    public static (string? Path, string? Code) Find(string folder)
    {
        if (!Directory.Exists(folder))
            return (null, RosterCodes.FolderMissing);
        if (Newest(folder) is { } newest)
            return (newest.FullName, null);
        return File.Exists(Path.Combine(folder, "manifest.csv"))
            ? (Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder, null)
            : (null, RosterCodes.FolderEmpty);
    }

    /// <summary>
    /// By what the newest archive is known again: its time, and a hash of its name and size, so that a name that somebody chose is not
    /// kept. Empty without an archive. It changes while the archive grows.
    /// </summary>
    public static string MarkOf(string folder) => Directory.Exists(folder) && Newest(folder) is { } newest
        ? string.Create(CultureInfo.InvariantCulture, $"{newest.LastWriteTimeUtc.Ticks:D19}.")
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{newest.Length} {newest.Name}"))))
        : "";

    /// <summary>Whether an archive came after another: when the newest is taken away, the one before is not new.</summary>
    public static bool IsLater(string mark, string than) =>
        mark.Length > 0 && mark != than && (than.Length == 0 || string.CompareOrdinal(mark[..19], than[..19]) >= 0);

    // An upload goes by another ending (.part, .tmp) or a leading dot until it is complete, where the sender knows how.
    private static FileInfo? Newest(string folder) => new DirectoryInfo(folder)
        .EnumerateFiles("*.zip", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
        .Where(file => file.Name[0] != '.')
        .OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal)
        .FirstOrDefault();
}
