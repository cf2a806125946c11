using Gateway.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Launches;

/// <summary>A posted form, read within limits: its parameters, or none because it is not a form, is too large or holds control characters.</summary>
internal readonly record struct LaunchForm(Func<string, string?>? Parameters, bool IsTooLarge, bool HasControlCharacters = false)
{
    private const int Largest = 256 * 1024;
    private static readonly FormOptions Limits = new() { ValueLengthLimit = Largest, ValueCountLimit = 64, BufferBody = false };

    /// <summary>The parameters of a query.</summary>
    public static LaunchForm Of(IQueryCollection query) => HaveControlCharacters(query)
        ? new(null, IsTooLarge: false, HasControlCharacters: true)
        : new(name => query.TryGetValue(name, out var values) ? Only(values) : null, IsTooLarge: false);

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
                request, () => request.ReadFormAsync(Limits, cancellation));
            return HaveControlCharacters(form)
                ? new(null, IsTooLarge: false, HasControlCharacters: true)
                : new(name => form.TryGetValue(name, out var values) ? Only(values) : null, IsTooLarge: false);
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

    // A parameter sent twice is a question which one was checked: neither counts.
    private static string? Only(StringValues values) => values.Count == 1 ? values[0] : null;

    private static bool HaveControlCharacters(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        foreach (var (name, values) in parameters)
        {
            if (ControlCharacters.Are(name))
                return true;
            for (var i = 0; i < values.Count; i++)
                if (ControlCharacters.Are(values[i]))
                    return true;
        }

        return false;
    }
}
