namespace OneRoster.Rest;

/// <summary>Where secrets may go: to the scheme, host and port that somebody entered, however they are written, and nowhere else.</summary>
internal static class Origin
{
    public static bool IsSame(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
