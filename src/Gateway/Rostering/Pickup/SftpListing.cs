using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Rostering.Pickup;

/// <summary>A file at the server: a name that may be handed back to it, and its size in bytes.</summary>
internal sealed record RemoteFile(string Name, long Size);

/// <summary>Reads what <c>ls -lnt</c> lists, the newest first. Names with letters that mean something to sftp are passed over, as are links and folders.</summary>
internal static partial class SftpListing
{
    /// <summary>What a package may hold that is read; other files of the folder are not fetched.</summary>
    private static readonly HashSet<string> OfAPackage = new(StringComparer.OrdinalIgnoreCase)
    {
        "manifest.csv", "academicSessions.csv", "orgs.csv", "courses.csv", "classes.csv", "users.csv", "roles.csv", "enrollments.csv",
    };

    public static IReadOnlyList<RemoteFile> Read(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => Entry().Match(line.TrimEnd('\r'))).Where(match => match.Success)
            .Select(match => new RemoteFile(
                match.Groups["name"].Value[(match.Groups["name"].Value.LastIndexOf('/') + 1)..],
                long.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture))),
    ];

    /// <summary>The newest archive; without one the files of a package whose manifest is there.</summary>
    public static IReadOnlyList<RemoteFile> Choose(IReadOnlyList<RemoteFile> files)
    {
        if (files.FirstOrDefault(file => file.Name[0] != '.' && file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) is { } archive)
            return [archive];
        var package = files.Where(file => OfAPackage.Contains(file.Name)).ToList();
        return package.Exists(file => file.Name.Equals("manifest.csv", StringComparison.OrdinalIgnoreCase)) ? package : [];
    }

    // -rw-r--r--    1 1000     1000         1234 Nov 22 00:47 roster.zip
    [GeneratedRegex(
        @"^-\S+ +\S+ +\S+ +\S+ +(?<size>[0-9]{1,18}) +[A-Z][a-z]{2} +[0-9]+ +[0-9:]+ (?<name>/?[A-Za-z0-9._+@=,~()][A-Za-z0-9 ._+@=,~()/-]*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
