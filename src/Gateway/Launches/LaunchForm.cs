using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Launches;

/// <summary>Reads a posted form within limits; a form that is none, or too large, is null and never an exception's text.</summary>
internal static class LaunchForm
{
    private const int Largest = 256 * 1024;

    public static async Task<Func<string, string?>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength > Largest)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Largest;
        try
        {
            var form = await request.ReadFormAsync(new FormOptions { ValueLengthLimit = Largest, ValueCountLimit = 64, BufferBody = false }, cancellation);
            // A parameter sent twice is a question which one was checked: neither counts.
            return name => form.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or IOException)
        {
            return null;
        }
    }

    public static bool IsTooLarge(HttpRequest request) => request.ContentLength > Largest;
}
