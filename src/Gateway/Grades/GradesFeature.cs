using Gateway.Identity;

namespace Gateway.Grades;

/// <summary>Grade passback: intake, outbox, delivery.</summary>
internal static class GradesFeature
{
    public static IServiceCollection AddGrades(this IServiceCollection services) => services
        .AddSingleton<ScoreSignal>()
        .AddSingleton<AcceptScore>()
        .AddSingleton<ScoreStatuses>()
        .AddSingleton<OutboxRows>()
        .AddSingleton<DeliverScore>();

    /// <summary>The delivery itself: in the server, not in a command.</summary>
    public static IServiceCollection AddScoreDelivery(this IServiceCollection services) => services.AddHostedService<ScoreDeliveryService>();

    public static void MapGrades(this IEndpointRouteBuilder routes)
    {
        var scores = routes.MapGroup("/api/v1/scores").RequireScope(EngineApi.ScoresWrite).WithTags("Scores");
        scores.MapPost("", PostScoreEndpoint.HandleAsync)
            .WithSummary("Send a score to the learner's gradebook")
            .WithDescription("Needs the header Idempotency-Key. The score is delivered in the background; ask for its state with the id.")
            .Produces<ScoreStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        scores.MapGet("/{id:guid}", GetScoreEndpoint.HandleAsync)
            .WithSummary("How a score stands")
            .Produces<ScoreStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
