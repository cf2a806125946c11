namespace Lti.Security;

/// <summary>
/// What token endpoints say when the time in an assertion does not fit their clock. Compared, never kept.
/// </summary>
internal static class ClockWords
{
    public const string Behind = "lti.token_clock_behind";
    public const string Ahead = "lti.token_clock_ahead";

    // Moodle 4 ("Cannot handle token prior to" and a time), Canvas ("the 'iat' must not be in the future"), and libraries of others.
    private static readonly string[] TooEarly =
        ["token prior to", "in the future", "not yet valid", "not valid yet", "used before", "should be in the past", "issued after"];

    // Moodle 4 ("Expired token"), Canvas ("the JWT has expired", "seconds old").
    private static readonly string[] TooLate = ["expired token", "token has expired", "token is expired", "jwt has expired", "jwt expired", "assertion has expired", "assertion is expired", "seconds old"];

    /// <summary><c>lti.token_clock_behind</c>, <c>lti.token_clock_ahead</c> (the platform's clock, against ours), or null.</summary>
    public static string? CodeOf(string words)
    {
        if (Array.Exists(TooEarly, one => words.Contains(one, StringComparison.OrdinalIgnoreCase))) return Behind;
        return Array.Exists(TooLate, one => words.Contains(one, StringComparison.OrdinalIgnoreCase)) ? Ahead : null;
    }
}
