using System.Text.RegularExpressions;

namespace Gateway.Privacy.Successor;

/// <summary>A version of the district's root key, in the clear: inside the bundle only.</summary>
internal sealed record ManifestKey(short Version, byte[] Root, DateTimeOffset CreatedAt, DateTimeOffset ActiveFrom);

/// <summary>What a bundle begins with.</summary>
internal sealed partial record Manifest(
    string Schema, string Slug, string Name, string TimeZone, bool GuestsAllowed, DateOnly? LastRoster, DateTimeOffset CreatedAt, IReadOnlyList<ManifestKey> Keys)
{
    public const string Part = "manifest";
    private const int LongestName = 200;
    private const int MostKeys = 1_000;

    /// <summary>Whether it is what `district add` would have let in, with keys that are keys.</summary>
    public bool IsAcceptable =>
        SlugPattern().IsMatch(Slug ?? "") && Name is { Length: > 0 and <= LongestName } && !Name.Any(char.IsControl)
        && TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) && zone.HasIanaId
        && Keys is { Count: > 0 and <= MostKeys } && Keys.All(key => key is { Root.Length: 32, Version: > 0 }) && Keys.Select(key => key.Version).Distinct().Count() == Keys.Count;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();
}
