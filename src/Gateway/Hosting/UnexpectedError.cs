using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Hosting;

/// <summary>
/// The answer to a bug or lost infrastructure: a page for a person, a problem document for a program, both with a code and a support
/// reference. The log gets where it happened and never the exception's message, which may quote what it choked on.
/// </summary>
internal static class UnexpectedError
{
    public const string Code = "gateway.unexpected_error";

    public static async Task AnswerAsync(HttpContext http)
    {
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is { } fault && IsOfClient(http, fault, out var status))
        {
            http.Response.StatusCode = status;
            return;
        }

        var reference = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UnexpectedError).FullName!)
                .UnexpectedError(reference, error.GetType().FullName!, error.StackTrace);
        await (IsForPrograms(http.Request.Path) ? Problem(reference) : ForPerson(reference)).ExecuteAsync(http);
    }

    // Nobody reads the answer, and nothing here is broken: the client closed the connection, in the middle of its request or of ours.
    private static bool IsOfClient(HttpContext http, Exception fault, out int status)
    {
        status = (fault as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status499ClientClosedRequest;
        // The server's own words for a connection that broke; the request learns of it a moment later.
        return fault is BadHttpRequestException or ConnectionResetException or ConnectionAbortedException || (http.RequestAborted.IsCancellationRequested && HasLeft(fault));
    }

    // Libraries wrap what a cancelled request or a closed connection throws in exceptions of their own.
    private static bool HasLeft(Exception fault)
    {
        for (var one = fault; one is not null; one = one.InnerException)
        {
            if (one is OperationCanceledException or IOException)
                return true;
        }

        return false;
    }

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/connect/token") || path.StartsWithSegments("/health");

    private static IResult Problem(string reference) => Results.Problem(
        title: "An error inside the gateway.",
        statusCode: StatusCodes.Status500InternalServerError,
        extensions: new Dictionary<string, object?> { ["code"] = Code, ["reference"] = reference });

    private static IResult ForPerson(string reference) => Page.Of("Something went wrong", StatusCodes.Status500InternalServerError,
        $"""
        <h1>Something went wrong</h1>
        <p class="what">The fault is on our side, not yours.</p>
        <h2>What to do next</h2>
        <p>Wait a moment, then go back to your course and open the activity again.</p>
        <h2>If you need help</h2>
        <p>Give these two to the people who look after the activity:</p>
        <dl>
          <dt>Code</dt><dd><code data-testid="code">{Code}</code></dd>
          <dt>Support reference</dt><dd><code data-testid="reference">{reference}</code></dd>
        </dl>
        """);
}
