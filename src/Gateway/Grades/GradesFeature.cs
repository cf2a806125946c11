using Gateway.Hosting;
using Gateway.Identity;

namespace Gateway.Grades;

/// <summary>Grade passback: intake, outbox, delivery.</summary>
internal static class GradesFeature
{
    private const string Example = """{"id":"019a0000-0000-7000-8000-000000000000","state":"pending","acceptedAt":"2026-11-22T09:30:00Z"}""";

    public static IServiceCollection AddGrades(this IServiceCollection services) => services
        .AddSingleton<ScoreSignal>()
        .AddSingleton<AcceptScore>()
        .AddSingleton<ScoreStatuses>()
        .AddSingleton<OutboxRows>()
        .AddSingleton<TicketOrigins>()
        .AddSingleton<DeliverScore>()
        .AddSingleton<ScoreQueue>()
        .AddSingleton<ScoreList>()
        .AddSingleton<RetryScores>()
        .AddSingleton<ParkedScoreRound>();

    /// <summary>The delivery itself: in the server, not in a command.</summary>
    public static IServiceCollection AddScoreDelivery(this IServiceCollection services) => services.AddHostedService<ScoreDeliveryService>();

    public static void MapGrades(this IEndpointRouteBuilder routes)
    {
        var scores = routes.MapGroup("/api/v1/scores").RequireScope(EngineApi.ScoresWrite).WithTags("Scores");
        scores.MapPost("", PostScoreEndpoint.HandleAsync).WithName("postScore")
            .WithSummary("Send a score to the learner's gradebook")
            .WithDescription("Needs the header Idempotency-Key. The score is delivered in the background; ask for its state with the id. Of several scores of one learner and column only the newest is sent, the others become superseded.")
            .Produces<ScoreStatus>(StatusCodes.Status202Accepted)
            .Shows(0, """{"scoreTicket":"AAEC…","scoreGiven":17,"scoreMaximum":20}""")
            .Shows(202, Example)
            .Refuses(400, new Failure("api.request_malformed", "The request could not be read: send JSON as /openapi/v1.json describes it."))
            .Refuses(409, new Failure("score.idempotency_conflict", "This Idempotency-Key was used for another score: use a new one for each score."))
            .Refuses(410,
                new Failure("score.ticket_expired", "scoreTicket has expired: the learner opens the activity again and a new one comes with the id_token."),
                new Failure("score.learner_gone", "The learner of this score is not known any more: nothing is delivered."))
            .Refuses(415, new Failure("api.media_type_unsupported", "Send the body with Content-Type: application/json."))
            .Refuses(422,
                new Failure("score.idempotency_key_missing", "The header Idempotency-Key is required: 1 to 255 characters, a new value for each new score."),
                new Failure("score.ticket_missing", "scoreTicket is required: the score_ticket of the id_token."),
                new Failure("score.ticket_invalid", "scoreTicket is not one that this gateway gave this engine: send the score_ticket of the id_token unchanged."),
                new Failure("score.given_invalid", "scoreGiven is required and 0 or more (AGS 3.4.5)."),
                new Failure("score.maximum_invalid", "scoreMaximum is required and above 0 (AGS 3.4.5)."),
                new Failure("score.activity_progress_unknown", "activityProgress is one of the values of AGS 3.4.7."),
                new Failure("score.grading_progress_unknown", "gradingProgress is one of the values of AGS 3.4.8."),
                new Failure("score.timestamp_in_future", "timestamp lies in the future: check this machine's clock."));
        scores.MapGet("/{id:guid}", GetScoreEndpoint.HandleAsync).WithName("getScore")
            .WithSummary("How a score stands")
            .WithDescription("state is pending, delivered, superseded (a newer score takes its place) or parked (somebody has to change something). code says why; platformStatus and platformReason say what the platform answered.")
            .Produces<ScoreStatus>()
            .Shows(200, Example)
            .Refuses(404, new Failure("score.unknown", "There is no score of this id from this engine."));
    }
}
