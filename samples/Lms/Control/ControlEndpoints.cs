using System.Security.Cryptography;
using System.Text;

namespace Samples.Lms.Control;

/// <summary>For scripts that start the LMS before they know the tool, and for failures on demand. They do not exist without a key.</summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            LmsOptions options = context.HttpContext.RequestServices.GetRequiredService<LmsOptions>();
            if (options.ControlKey is not { Length: > 0 } key)
                return Results.NotFound();
            string given = context.HttpContext.Request.Headers["X-Control-Key"].ToString();
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key))
                ? await next(context)
                : Results.Unauthorized();
        });
        group.MapPost("/configure", Configure);
        group.MapPost("/faults", (FaultsRequest request, LmsOptions options) =>
        {
            if (request.Scores is null)
                return Results.BadRequest();
            options.ScoreFaults.FailNext(request.Scores.Next, request.Scores.Status, request.Scores.RetryAfterSeconds);
            return Results.NoContent();
        });
    }

    private static IResult Configure(ConfigureRequest request, LmsOptions options)
    {
        options.Issuer = request.Issuer ?? options.Issuer;
        options.ClientId = request.ClientId ?? options.ClientId;
        options.DeploymentId = request.DeploymentId ?? options.DeploymentId;
        options.ToolLoginUrl = request.ToolLoginUrl ?? options.ToolLoginUrl;
        options.ToolRedirectUrls = request.ToolRedirectUrls is { Length: > 0 } urls ? string.Join(' ', urls) : options.ToolRedirectUrls;
        options.ToolJwksUrl = request.ToolJwksUrl ?? options.ToolJwksUrl;
        options.ToolTargetLinkUrl = request.ToolTargetLinkUrl ?? options.ToolTargetLinkUrl;
        options.OpenInFrame = request.OpenInFrame ?? options.OpenInFrame;
        return Results.NoContent();
    }

    /// <summary>What is not named stays as it is.</summary>
    private sealed record ConfigureRequest(
        string? Issuer,
        string? ClientId,
        string? DeploymentId,
        string? ToolLoginUrl,
        string[]? ToolRedirectUrls,
        string? ToolJwksUrl,
        string? ToolTargetLinkUrl,
        bool? OpenInFrame);

    private sealed record FaultsRequest(ScoreFaultsRequest? Scores);

    private sealed record ScoreFaultsRequest(int Next, int Status, int? RetryAfterSeconds);
}
