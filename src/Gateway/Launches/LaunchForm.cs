using Gateway.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Launches;

/// <summary>A posted form, read within limits: its parameters, or none because it is not a form, is too large or holds control characters.</summary>
internal readonly record struct LaunchForm(Func<string, string?>? Parameters, bool IsTooLarge, bool HasControlCharacters = false)
{
    private const int Largest = 256 * 1024;

    /// <summary>Parameters that were read already: those of a query, or of a form.</summary>
    public static LaunchForm Of(IEnumerable<KeyValuePair<string, StringValues>> given)
    {
        var parameters = given.ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (parameters.Any(parameter => ControlCharacters.Are(parameter.Key) || parameter.Value.Any(ControlCharacters.Are)))
            return new(null, IsTooLarge: false, HasControlCharacters: true);
        // A parameter sent twice is a question which one was checked: neither counts.
        return new(name => parameters.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null, IsTooLarge: false);
    }

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
            var form = await RequestBody.ReadAsync(
                request, () => request.ReadFormAsync(new FormOptions { ValueLengthLimit = Largest, ValueCountLimit = 64, BufferBody = false }, cancellation));
            return Of(form);
        }
        catch (BadHttpRequestException e)
        {
            return new(null, IsTooLarge: e.StatusCode == StatusCodes.Status413PayloadTooLarge);
        }
        catch (InvalidDataException e) when (ControlCharacters.AreCauseOf(e))
        {
            return new(null, IsTooLarge: false, HasControlCharacters: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return new(null, IsTooLarge: false);
        }
    }
}
