using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Samples.Lms.Services;

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
            if (request is { Scores: null, Storage: null })
                return Results.BadRequest();
            if (request.Scores is { } scores)
                options.ScoreFaults.FailNext(scores.Next, scores.Status, scores.RetryAfterSeconds);
            options.StorageFault = request.Storage ?? options.StorageFault;
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
        options.PlatformStorage = request.PlatformStorage ?? options.PlatformStorage;
        options.GradebookHabit = request.GradebookHabit ?? options.GradebookHabit;
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
        bool? OpenInFrame,
        [property: JsonConverter(typeof(JsonStringEnumConverter<PlatformStorage>))] PlatformStorage? PlatformStorage,
        [property: JsonConverter(typeof(JsonStringEnumConverter<GradebookHabit>))] GradebookHabit? GradebookHabit);

    private sealed record FaultsRequest(
        ScoreFaultsRequest? Scores, [property: JsonConverter(typeof(JsonStringEnumConverter<StorageFault>))] StorageFault? Storage);

    private sealed record ScoreFaultsRequest(int Next, int Status, int? RetryAfterSeconds);
}
