using System.Net;

namespace Lti.Security;

/// <summary>An answer from a platform.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body, up to the limit.</param>
/// <param name="IsTruncated">Whether the body was longer than the limit.</param>
/// <param name="RetryAfter">The wait that the platform asks for, or null.</param>
internal sealed record LtiHttpAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, bool IsTruncated, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    public bool IsRedirect => (int)Status is >= 300 and <= 399;

    /// <summary>Whether the same request may succeed later: RFC 9110 15.5.9, RFC 6585 4 and the server's own faults.</summary>
    public bool IsPassing => Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)Status >= 500;

    public override string ToString() => $"{nameof(LtiHttpAnswer)}({(int)Status})";
}
