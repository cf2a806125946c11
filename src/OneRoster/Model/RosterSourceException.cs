namespace OneRoster.Model;

/// <summary>
/// A source broke off in the middle: what it yielded is not the roster and must not be applied. The message is made of the
/// code and positions alone; there is no inner exception, because those quote what they could not parse.
/// </summary>
public sealed class RosterSourceException : Exception
{
    internal RosterSourceException(
        string code, RosterCollection? collection, string reason, int? page = null, long? offset = null, string? file = null, long? line = null, int? httpStatus = null,
        bool atTokenUrl = false)
        : base(Describe(code, collection, reason, page, offset, file, line, atTokenUrl))
    {
        Code = code;
        Reason = reason;
        Collection = collection;
        Page = page;
        Offset = offset;
        File = file;
        Line = line;
        HttpStatus = httpStatus;
        AtTokenUrl = atTokenUrl;
    }

    /// <summary>A stable code, such as <c>rest.json_truncated</c>; see <see cref="Validation.RosterFailures"/>.</summary>
    public string Code { get; }

    /// <summary>The message without code and place.</summary>
    internal string Reason { get; }

    /// <summary>The collection that was being read, if any.</summary>
    public RosterCollection? Collection { get; }

    /// <summary>REST: the page, counted from 1.</summary>
    public int? Page { get; }

    /// <summary>REST: the number of rows received before the page (the <c>offset</c> that was asked). CSV: the byte offset, where known.</summary>
    public long? Offset { get; }

    /// <summary>CSV: the file, by the name that the specification gives it.</summary>
    public string? File { get; }

    /// <summary>CSV: the line in which the broken record starts, counted from 1.</summary>
    public long? Line { get; }

    /// <summary>REST: the HTTP status that the server answered, if that is what went wrong.</summary>
    public int? HttpStatus { get; }

    /// <summary>REST: whether the token endpoint failed, rather than the OneRoster server.</summary>
    public bool AtTokenUrl { get; }

    private static string Describe(string code, RosterCollection? collection, string reason, int? page, long? offset, string? file, long? line, bool atTokenUrl)
    {
        var place = string.Join(", ", new[]
        {
            atTokenUrl ? "token URL" : null,
            collection?.ToString(),
            file,
            page is null ? null : $"page {page}",
            offset is null ? null : $"offset {offset}",
            line is null ? null : $"line {line}",
        }.Where(part => part is not null));
        return place.Length == 0 ? $"{code}: {reason}" : $"{code} ({place}): {reason}";
    }
}
