using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Hosting;

/// <summary>Gives the framework's own refusals of API requests, which have no body, what every error has: words and a stable code.</summary>
internal static class EmptyAnswers
{
    public static async Task FillAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!http.Request.Path.StartsWithSegments("/api"))
            return;
        var failure = http.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => new Failure("api.request_malformed", "The request could not be read: send JSON as /openapi/v1.json describes it."),
            StatusCodes.Status404NotFound => new Failure("api.path_unknown", "There is nothing at this address: /openapi/v1.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed => new Failure("api.method_not_allowed", "This address does not take this method: see /openapi/v1.json."),
            StatusCodes.Status413PayloadTooLarge => new Failure("api.request_too_large", "The request is larger than the API takes."),
            StatusCodes.Status415UnsupportedMediaType => new Failure("api.media_type_unsupported", "Send the body with Content-Type: application/json."),
            _ => null,
        };
        if (failure is not null)
            await Problems.Of([failure], http.Response.StatusCode).ExecuteAsync(http);
    }
}
