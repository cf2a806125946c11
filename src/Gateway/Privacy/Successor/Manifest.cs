namespace Gateway.Privacy.Successor;

/// <summary>A version of the district's root key, in the clear: inside the bundle only.</summary>
internal sealed record ManifestKey(short Version, byte[] Root, DateTimeOffset CreatedAt, DateTimeOffset ActiveFrom);

/// <summary>What a bundle begins with.</summary>
internal sealed record Manifest(
    string Schema, string Slug, string Name, string TimeZone, bool GuestsAllowed, DateOnly? LastRoster, DateTimeOffset CreatedAt, IReadOnlyList<ManifestKey> Keys)
{
    public const string Part = "manifest";
}
