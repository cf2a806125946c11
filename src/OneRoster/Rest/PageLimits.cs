namespace OneRoster.Rest;

/// <summary>What a page may cost.</summary>
/// <param name="LongestRecord">The most bytes of a record.</param>
/// <param name="LongestSilence">The longest wait for the next bytes.</param>
/// <param name="LongestPage">The longest wait for the bytes of a page, all in all.</param>
internal sealed record PageLimits(int LongestRecord, TimeSpan LongestSilence, TimeSpan LongestPage);

/// <summary>The server sends nothing any more (<see cref="IsSilent"/>), or too slowly, in the middle of a page.</summary>
internal sealed class SlowPageException(bool silent) : IOException
{
    public bool IsSilent => silent;
}
