using Gateway.Hosting;
using Gateway.Launches;
using Gateway.Privacy;
using Lti.Grades;

namespace Gateway.Grades;

/// <summary>
/// Delivers the newest score of one lane: of one learner and column. A lock on the database's session keeps other replicas off the lane while
/// the platform is asked and is gone with the process, so that a killed delivery is tried again at once.
/// </summary>
internal sealed class DeliverScore(
    OutboxRows rows, RegistrationDirectory registrations, ScoreTickets tickets, DistrictKeys keys, TicketOrigins origins, IServiceScopeFactory scopes, GatewayMetrics metrics,
    TimeProvider time, ILogger<DeliverScore> log)
{
    /// <summary>Tries the lane's newest score, if it is due and no other replica is at the lane.</summary>
    public async Task<LaneTry> TryAsync(Guid lane, int district, CancellationToken cancellation)
    {
        await using var held = await rows.TryHoldAsync(lane, district, cancellation);
        if (held is null)
            return LaneTry.Nothing;

        var outcome = await SendOrPutOffAsync(held, cancellation);
        if (ScoreJudgement.IsStubborn(held, outcome, time.GetUtcNow()) && await rows.OthersGoAsync(held, cancellation))
            outcome = DeliveryOutcome.Parked("lti.score_platform_error") with { Status = outcome.Status, Reason = outcome.Reason };
        if (await rows.FinishAsync(held, outcome, cancellation) is { } written)
        {
            metrics.ScoreTried(written.State);
            log.ScoreTried(held.Id, written.State, written.Code);
        }

        return outcome is { State: ScoreState.Pending, Status: null } ? LaneTry.Unanswered : LaneTry.Answered;
    }

    // One score that cannot be sent must not keep the others from being sent.
    private async Task<DeliveryOutcome> SendOrPutOffAsync(HeldScore held, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(held, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.ScoreFailed(held.Id, e.GetType().Name);
            // Where it failed is not known, so that it may have been sent.
            return RetryPlan.After(held, ScoreCodes.UnexpectedError, null, time.GetUtcNow()) with { MayHaveArrived = true };
        }
    }

    private async Task<DeliveryOutcome> SendAsync(HeldScore held, CancellationToken cancellation)
    {
        if (await keys.FindAsync(held.District, cancellation) is not { } ring
            || PendingScore.Open(ring, held.Id, held.SealedScore) is not { } score
            || await tickets.OpenAsync(score.TicketText, held.ClientId, cancellation) is not { } ticket)
            return DeliveryOutcome.Parked(ScoreCodes.Unreadable);
        if (await registrations.GetAsync(ticket.RegistrationId, cancellation) is not { } platform)
            return DeliveryOutcome.Parked(ScoreCodes.PlatformGone);
        if (!await origins.AdmitsAsync(platform, ticket.LineItemUrl, cancellation))
            return DeliveryOutcome.Parked(ScoreCodes.LineItemElsewhere);

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
                Timestamp = held.TimestampOf(score.Timestamp),
            },
            cancellation);
        return ScoreJudgement.Of(held, answer, time.GetUtcNow());
    }
}

/// <summary>What came of looking at a lane.</summary>
internal enum LaneTry
{
    /// <summary>Another replica has it, or nothing of it is due.</summary>
    Nothing,

    /// <summary>A score was delivered, parked or put off after an answer.</summary>
    Answered,

    /// <summary>A score was put off, because nobody answered.</summary>
    Unanswered,
}
