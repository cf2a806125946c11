using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Launches;

/// <summary>A posted form, read within limits: its parameters, or none because it is not a form or is too large.</summary>
internal readonly record struct LaunchForm(Func<string, string?>? Parameters, bool IsTooLarge)
{
    private const int Largest = 256 * 1024;

    public static async Task<LaunchForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
            return new(null, IsTooLarge: false);
        if (request.ContentLength > Largest)
            return new(null, IsTooLarge: true);
        // A form without a length is cut off there.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Largest;
        try
        {
            var form = await request.ReadFormAsync(new FormOptions { ValueLengthLimit = Largest, ValueCountLimit = 64, BufferBody = false }, cancellation);
            // A parameter sent twice is a question which one was checked: neither counts.
            return new(name => form.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null, IsTooLarge: false);
        }
        catch (BadHttpRequestException e)
        {
            return new(null, IsTooLarge: e.StatusCode == StatusCodes.Status413PayloadTooLarge);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return new(null, IsTooLarge: false);
        }
    }
}
