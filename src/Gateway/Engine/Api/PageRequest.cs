using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Engine.Api;

/// <summary>Which page of a list, and which fields of its rows.</summary>
/// <param name="Limit">Rows at most.</param>
/// <param name="After">The last row of the page before, as its answer said; null for the first page.</param>
/// <param name="Fields">Names of fields; null for all that are given.</param>
internal sealed record PageRequest(int Limit, string? After, FrozenSet<string>? Fields)
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1_000;

    /// <summary>Reads <c>limit</c>, <c>after</c> and <c>fields</c> (names separated by commas).</summary>
    /// <param name="query">The query.</param>
    /// <param name="known">The fields that rows of this list can have.</param>
    public static Outcome<PageRequest> Read(IQueryCollection query, IReadOnlyCollection<string> known)
    {
        var limit = DefaultLimit;
        if (query["limit"] is { Count: > 0 } asked
            && (!int.TryParse(asked.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LargestLimit))
        {
            return ApiFailures.LimitInvalid;
        }

        var fields = ReadFields(query, known);
        if (!fields.Succeeded)
            return Outcome<PageRequest>.Failed(fields.Failures);
        var after = query["after"].ToString();
        return new PageRequest(limit, after.Length == 0 ? null : after, fields.Value.Count == 0 ? null : fields.Value);
    }

    /// <summary>The names of <c>fields</c>; none: all.</summary>
    public static Outcome<FrozenSet<string>> ReadFields(IQueryCollection query, IReadOnlyCollection<string> known)
    {
        var names = query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.All(known.Contains) ? names.ToFrozenSet(StringComparer.Ordinal) : ApiFailures.FieldUnknown(known);
    }
}
