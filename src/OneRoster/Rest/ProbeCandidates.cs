using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>Where a OneRoster server may be, given the address that somebody has of it.</summary>
internal static class ProbeCandidates
{
    /// <summary>The paths of the specifications, and those that vendors use instead.</summary>
    private static readonly (string Path, OneRosterVersion Version)[] Known =
    [
        ("ims/oneroster/rostering/v1p2", OneRosterVersion.V1P2),
        ("ims/oneroster/v1p2", OneRosterVersion.V1P2),
        ("ims/oneroster/v1p1", OneRosterVersion.V1P1),
        ("learningdata/v1p1", OneRosterVersion.V1P1),
        ("learningdata/v1", OneRosterVersion.V1P1),
    ];

    /// <summary>What the known paths begin with: whatever is before it belongs to the vendor or the district.</summary>
    private static readonly string[] Beginnings = ["/ims/", "/learningdata"];

    /// <summary>
    /// The address as given, then the known paths below what it has before them, then below its host; those of the given version first.
    /// </summary>
    public static IReadOnlyList<(Uri Address, OneRosterVersion Version)> Of(Uri given, OneRosterVersion version)
    {
        var path = given.AbsolutePath.TrimEnd('/');
        var cut = Beginnings.Select(beginning => (path + "/").IndexOf(beginning, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(path.Length).Min();
        string[] stems = [path[..cut], ""];
        var found = new List<(Uri, OneRosterVersion)>();
        if (path.Length > 0)
            found.Add((At(given, path), VersionIn(path) ?? version));
        foreach (var stem in stems.Distinct())
            foreach (var (known, its) in Known.OrderBy(known => known.Version != version))
                found.Add((At(given, $"{stem}/{known}"), its));
        return [.. found.DistinctBy(candidate => candidate.Item1)];
    }

    /// <summary>The version that a path names; null where it names none.</summary>
    public static OneRosterVersion? VersionIn(string path)
    {
        path = path.TrimEnd('/');
        foreach (var (known, version) in Known)
            if (path.EndsWith("/" + known, StringComparison.OrdinalIgnoreCase))
                return version;
        return path.Contains("v1p2", StringComparison.OrdinalIgnoreCase) ? OneRosterVersion.V1P2
            : path.Contains("v1p1", StringComparison.OrdinalIgnoreCase) ? OneRosterVersion.V1P1
            : null;
    }

    private static Uri At(Uri given, string path) => new(new Uri(given.GetLeftPart(UriPartial.Authority)), path + "/");
}
