using Gateway.Hosting;
using Gateway.Launches;
using Gateway.Privacy;
using Lti.Grades;

namespace Gateway.Grades;

/// <summary>
/// Delivers one score. A lock on the database's session keeps other replicas off while the platform is asked and is gone with the
/// process, so that a killed delivery is tried again at once.
/// </summary>
internal sealed class DeliverScore(
    OutboxRows rows, RegistrationDirectory registrations, ScoreTickets tickets, DistrictKeys keys, TicketOrigins origins, IServiceScopeFactory scopes, GatewayMetrics metrics,
    TimeProvider time, ILogger<DeliverScore> log)
{
    /// <summary>Whether the score was moved: delivered, parked or put off. False: another replica has it, or it is done.</summary>
    public async Task<bool> TryAsync(Guid id, int district, CancellationToken cancellation)
    {
        await using var held = await rows.TryHoldAsync(id, district, cancellation);
        if (held is null)
            return false;

        var (outcome, platformStatus) = await SendOrPutOffAsync(held, cancellation);
        await rows.FinishAsync(held, outcome, platformStatus, cancellation);
        metrics.ScoreTried(outcome.State);
        log.ScoreTried(id, outcome.State, outcome.Code);
        return true;
    }

    // One score that cannot be sent must not keep the others from being sent.
    private async Task<(DeliveryOutcome Outcome, int? PlatformStatus)> SendOrPutOffAsync(HeldScore held, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(held, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.ScoreFailed(held.Id, e.GetType().Name);
            return (RetryPlan.After(held, "score.unexpected_error", null, time.GetUtcNow()), null);
        }
    }

    private async Task<(DeliveryOutcome Outcome, int? PlatformStatus)> SendAsync(HeldScore held, CancellationToken cancellation)
    {
        if (await keys.FindAsync(held.District, cancellation) is not { } ring
            || PendingScore.Open(ring, held.Id, held.SealedScore) is not { } score
            || await tickets.OpenAsync(score.TicketText, held.ClientId, cancellation) is not { } ticket)
            return (DeliveryOutcome.Parked("score.unreadable"), null);
        if (await registrations.GetAsync(ticket.RegistrationId, cancellation) is not { } platform)
            return (DeliveryOutcome.Parked("score.platform_gone"), null);
        if (!await origins.AdmitsAsync(platform, ticket.LineItemUrl, cancellation))
            return (DeliveryOutcome.Parked("score.line_item_elsewhere"), null);

        await using var scope = scopes.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<ScoreClient>().PostAsync(
            platform.Registration,
            ticket.LineItemUrl,
            new Score
            {
                UserId = ticket.User,
                ScoreGiven = score.ScoreGiven,
                ScoreMaximum = score.ScoreMaximum,
                ActivityProgress = score.ActivityProgress,
                GradingProgress = score.GradingProgress,
                Timestamp = score.Timestamp,
            },
            cancellation);
        return answer switch
        {
            ScoreDelivered => (DeliveryOutcome.Delivered, null),
            // An earlier try may have reached the platform before its answer reached us: then it has the score already.
            ScoreRejected { Code: "lti.score_outdated" } when held.Attempts > 1 => (DeliveryOutcome.Delivered, null),
            // Without a token the score was not even shown to the platform: its settings or ours may be mended before the week is over.
            ScoreRejected { Code: var code, Status: var status } when code.StartsWith("lti.token_", StringComparison.Ordinal) =>
                (RetryPlan.After(held, code, null, time.GetUtcNow()), status),
            ScoreRejected rejected => (DeliveryOutcome.Parked(rejected.Code, rejected.PlatformReason), rejected.Status),
            ScoreRetryLater later => (RetryPlan.After(held, later.Code, later.RetryAfter, time.GetUtcNow()), later.Status),
            _ => throw new InvalidOperationException("A score came to no outcome."),
        };
    }
}
