using System.Text.Json.Serialization;

namespace Samples.Sis;

/// <summary>Habits of a server that hold until they are changed, each seen at one vendor or another.</summary>
public sealed record LastingFaults
{
    /// <summary>Sends at most so many rows a page and says nothing of it.</summary>
    public int? ClampLimit { get; init; }

    /// <summary>Leaves X-Total-Count and Link out.</summary>
    public bool OmitCounts { get; init; }

    /// <summary>Adds this to X-Total-Count.</summary>
    public int CountOffBy { get; init; }

    /// <summary>X-Total-Count is the number of rows of the page.</summary>
    public bool CountPages { get; init; }

    /// <summary>Each request finds the rows in another order.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Each page begins with so many rows of the page before.</summary>
    public int RepeatRows { get; init; }

    public bool IgnoreFields { get; init; }

    public bool IgnoreOffset { get; init; }

    /// <summary>Knows only offsets that are multiples of the limit, and rounds others down.</summary>
    public bool WholePagesOnly { get; init; }

    public bool RefuseFields { get; init; }

    public bool RefuseSort { get; init; }

    public bool RefuseFilter { get; init; }

    /// <summary>The status with which the three above are refused.</summary>
    public int RefusalStatus { get; init; } = 400;

    /// <summary>Does not say what it refuses.</summary>
    public bool NamelessRefusals { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<ErrorStyle>))]
    public ErrorStyle Errors { get; init; }

    /// <summary>Retry-After as a date.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>502 when more rows than this are asked.</summary>
    public int? BadGatewayAbove { get; init; }

    /// <summary>413 when more rows than this are asked.</summary>
    public int? TooLargeAbove { get; init; }

    /// <summary>422 when more rows than this are asked.</summary>
    public int? UnprocessableAbove { get; init; }

    /// <summary>Sends more rows than this a byte at a time.</summary>
    public int? DripAbove { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The rows without the object around them.</summary>
    public bool BareArray { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<LinkStyle>))]
    public LinkStyle Links { get; init; }

    /// <summary>Redirects each request for rows to another host.</summary>
    public bool Redirect { get; init; }

    /// <summary>Grades in words, empty usernames, and a student without a role.</summary>
    public bool OddRows { get; init; }

    /// <summary>The only path below which rows are found, such as <c>/learningdata/v1</c>.</summary>
    public string? OnlyPath { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<SisAuthorization>))]
    public SisAuthorization Authorization { get; init; }

    /// <summary>Knows the client's secret in the form only.</summary>
    public bool ClientInForm { get; init; }

    /// <summary>Knows the scope in the query only.</summary>
    public bool ScopeInQuery { get; init; }

    /// <summary>Knows no scopes, and refuses requests that name one.</summary>
    public bool NoScopes { get; init; }
}

/// <summary>What errors look like.</summary>
public enum ErrorStyle
{
    Standard,

    /// <summary><c>imsx_codeMinor</c> as a text, in both versions.</summary>
    Flat,

    PlainText,
}

/// <summary>Where <c>rel="next"</c> leads.</summary>
public enum LinkStyle
{
    Standard,
    Relative,

    /// <summary>To another host.</summary>
    Foreign,

    /// <summary>By an opaque cursor; offsets other than 0 are ignored.</summary>
    Cursor,

    /// <summary>From the second page by cursor to itself.</summary>
    Looping,
}

/// <summary>What requests for rows must carry.</summary>
public enum SisAuthorization
{
    OAuth2,
    OAuth1Sha256,
    OAuth1Sha1,

    /// <summary>The client's secret as a bearer token.</summary>
    StaticToken,
}
