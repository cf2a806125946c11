using System.Net;
using System.Text;

namespace OneRoster.Rest;

/// <summary>
/// What an answer other than 200 complains about, as far as it uses a word of a specification: the token errors of RFC 6749 5.2 and
/// OneRoster's minor codes, wherever in the body they stand (1.1 has them flat, 1.2 nested, others in plain text). Nothing else of the
/// body is kept.
/// </summary>
internal readonly record struct ServerComplaint(string? Word)
{
    public const string Selection = "invalid_selection_field";
    public const string Sort = "invalid_sort_field";
    public const string Filter = "invalid_filter_field";
    public const string Limit = "limit";
    public const string Scope = "invalid_scope";

    private const int LongestStart = 64 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly string[] Words =
    [
        Selection, Sort, Filter,
        "invalid_client", Scope, "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_request",
        Limit,
    ];

    /// <summary>" as WORD" for a message; empty when there is no word.</summary>
    public string Named => Word is null ? "" : $" as {Word}";

    /// <summary>Reads the answer, which the caller disposes.</summary>
    public static async Task<ServerComplaint> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var start = await ReadStartAsync(response, cancellationToken) ?? default;
        foreach (var word in Words)
            if (start.Span.IndexOf(Encoding.ASCII.GetBytes(word)) >= 0)
                return new ServerComplaint(word);
        return default;
    }

    /// <summary>The first 64 KiB of a body; null when the connection breaks.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[LongestStart];
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return buffer.AsMemory(0, length);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Some servers send the mark although JSON has none (RFC 8259 8.1).</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> body) => body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    public static bool IsRedirect(HttpStatusCode status) => (int)status is >= 300 and < 400;
}
