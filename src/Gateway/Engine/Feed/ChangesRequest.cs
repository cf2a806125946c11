using System.Globalization;
using Gateway.Engine.Api;

namespace Gateway.Engine.Feed;

/// <summary>Where an engine goes on reading, and how long it waits for something to read.</summary>
/// <param name="After">A cursor of an answer before, or <c>latest</c>.</param>
/// <param name="Limit">Changes at most.</param>
/// <param name="Wait">How long to wait while there is none.</param>
internal sealed record ChangesRequest(string After, int Limit, TimeSpan Wait)
{
    public const string Latest = "latest";
    public const int LongestWait = 30;
    private const int DefaultLimit = PageRequest.LargestLimit;

    /// <summary>Reads <c>after</c>, <c>limit</c> and <c>wait</c> (seconds).</summary>
    public static Outcome<ChangesRequest> Read(IQueryCollection query)
    {
        if (query["after"].ToString() is not { Length: > 0 } after)
            return ChangeFailures.CursorMissing;
        if (!TryRead(query, "limit", DefaultLimit, 1, PageRequest.LargestLimit, out var limit))
            return ApiFailures.LimitInvalid;
        return TryRead(query, "wait", 0, 0, LongestWait, out var wait)
            ? new ChangesRequest(after, limit, TimeSpan.FromSeconds(wait))
            : ChangeFailures.WaitInvalid;
    }

    private static bool TryRead(IQueryCollection query, string name, int otherwise, int least, int most, out int value)
    {
        value = otherwise;
        return query[name].ToString() is not { Length: > 0 } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }
}
