namespace Gateway.Rostering;

/// <summary>The folder where a district's archives are dropped.</summary>
internal static class CsvDrop
{
    /// <summary>The newest archive in the folder; without one, the folder itself if it holds a manifest.</summary>
    public static (string? Path, string? Code) Find(string folder)
    {
        if (!Directory.Exists(folder))
            return (null, RosterCodes.FolderMissing);
        var newest = new DirectoryInfo(folder)
            .EnumerateFiles("*.zip", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
            .OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (newest is not null)
            return (newest.FullName, null);
        return File.Exists(Path.Combine(folder, "manifest.csv")) ? (folder, null) : (null, RosterCodes.FolderEmpty);
    }
}
