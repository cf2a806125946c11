using Gateway.Launches;
using Gateway.Platforms;

namespace Gateway.Hosting;

/// <summary>
/// Refuses queries with control characters before anything reads them: no parameter has a use for them, and PostgreSQL takes no
/// U+0000. Forms and documents are looked at where they are read.
/// </summary>
internal sealed class ControlCharacters(RequestDelegate next)
{
    public static readonly Failure Refused = new(
        "gateway.control_character", "A parameter holds a control character, which no parameter may: it was damaged on its way, or pasted with something that cannot be seen.");

    /// <summary>U+0000 to U+001F and U+007F.</summary>
    public static bool Are(string? text) => text is not null && text.AsSpan().IndexOfAnyInRange('\0', '\x1f') is var at && (at >= 0 || text.Contains('\x7f', StringComparison.Ordinal));

    /// <summary>Whether a form could not be read because of U+0000: the server's reader gives none of such a form.</summary>
    public static bool AreCauseOf(InvalidDataException unreadable) => unreadable.InnerException is InvalidOperationException;

    public Task InvokeAsync(HttpContext context)
    {
        var query = context.Request.QueryString.Value;
        // Only an escape can bring one: Kestrel takes none in the clear.
        if (string.IsNullOrEmpty(query) || !query.Contains('%', StringComparison.Ordinal)
            // A login is refused in the words for launches, by GET as by POST; a registration link may have been pasted with a line end.
            || context.Request.Path == LaunchesFeature.LoginPath || context.Request.Path == PlatformsFeature.RegistrationPath
            || !context.Request.Query.Any(parameter => Are(parameter.Key) || parameter.Value.Any(Are)))
            return next(context);
        return (IsForPrograms(context.Request.Path) ? Problems.Of([Refused], StatusCodes.Status400BadRequest) : ForPerson()).ExecuteAsync(context);
    }

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/connect/token") || path.StartsWithSegments("/connect/userinfo");

    private static IResult ForPerson() => Page.Of("This address cannot be read", StatusCodes.Status400BadRequest,
        $"""
        <h1>This address cannot be read</h1>
        <p class="what">{Page.Text(Refused.Message)}</p>
        <h2>What to do next</h2>
        <p>Go back to where you came from and try again. If this page returns, show it to the people who look after the activity.</p>
        <dl><dt>Code</dt><dd><code data-testid="code">{Refused.Code}</code></dd></dl>
        """);
}
