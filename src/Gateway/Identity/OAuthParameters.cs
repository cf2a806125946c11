using Gateway.Hosting;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Identity;

/// <summary>The parameters of a request to an OAuth endpoint, read as RFC 6749, 3.1 and 3.2 say.</summary>
internal sealed class OAuthParameters
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private OAuthParameters(IEnumerable<KeyValuePair<string, StringValues>> source)
    {
        // ASP.NET Core's collections ignore case; the names of the specification do not, and repeating is repeating either way.
        foreach (var (name, given) in source)
        {
            if (given.Count > 1)
                Repeated = true;
            else if (ControlCharacters.Are(name) || given.Any(ControlCharacters.Are))
                HasControlCharacters = true;
            else if (!string.IsNullOrEmpty(given))
                values[name] = given.ToString();
        }
    }

    /// <summary>Some parameter came more than once, which no request may do. Such a parameter has no value here.</summary>
    public bool Repeated { get; }

    /// <summary>Some parameter holds a control character (RFC 6749, appendix A, has none). Such a parameter has no value here.</summary>
    public bool HasControlCharacters { get; private init; }

    /// <summary>The value; null when absent or empty ("sent without a value" counts as omitted).</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>The query (GET) or the form (POST); null when the body is no form.</summary>
    public static async ValueTask<OAuthParameters?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (HttpMethods.IsGet(request.Method))
            return new OAuthParameters(request.Query);
        // RFC 6749, 4.1.3: this form of form alone.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return new OAuthParameters(await RequestBody.ReadAsync(request, () => request.ReadFormAsync(cancellation)));
        }
        catch (InvalidDataException e) when (ControlCharacters.AreCauseOf(e))
        {
            return new OAuthParameters([]) { HasControlCharacters = true };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
