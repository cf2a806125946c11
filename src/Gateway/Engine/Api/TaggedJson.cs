using System.Buffers.Text;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace Gateway.Engine.Api;

/// <summary>JSON with an entity tag made of its bytes (RFC 9110, 8.8.3): who has it already gets 304 and nothing else.</summary>
internal sealed class TaggedJson<T>(T value, JsonTypeInfo<T> type) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A page of a thousand rows is too large for the youngest generation: its buffer is used again.
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
            JsonSerializer.Serialize(writer, value, type);
        var bytes = buffer.Written;
        var tag = TagOf(bytes.Span);
        var (request, response) = (httpContext.Request, httpContext.Response);
        // The answer is one engine's: no cache in between may keep it, and the engine's own asks whether it still holds.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ETag = tag;
        if (Has(request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private static string TagOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(bytes, hash);
        return $"\"{Base64Url.EncodeToString(hash)}\"";
    }

    // RFC 9110, 13.1.2: any of a list, compared weakly.
    private static bool Has(Microsoft.Extensions.Primitives.StringValues header, string tag) =>
        header.Count > 0
        && EntityTagHeaderValue.TryParseList([.. header!], out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Tag == tag);
}
