using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Validation;

namespace Gateway.Rostering;

/// <summary>Pulls a district's roster from its source, now.</summary>
internal sealed class RosterSync(RosterConnections connections, RosterPipeline pipeline, RosterPulls pulls, TimeProvider time)
{
    public Task<RosterRunOutcome> RunAsync(
        int district, RosterTrigger trigger, bool dryRun, CancellationToken cancellation, IProgress<RosterProgress>? listener = null) =>
        RunAsync(new RosterRunRequest(district, trigger, dryRun), cancellation, listener);

    public async Task<RosterRunOutcome> RunAsync(RosterRunRequest request, CancellationToken cancellation, IProgress<RosterProgress>? listener = null)
    {
        var outcome = await RunOnceAsync(request, cancellation, listener);
        if (outcome.Code != RosterFailures.FilterRefused)
            return outcome;

        // The server does not tell changes after all: everything, then.
        await pulls.ForgetAsync(request.District, cancellation);
        return await RunOnceAsync(request, cancellation, listener);
    }

    private async Task<RosterRunOutcome> RunOnceAsync(RosterRunRequest request, CancellationToken cancellation, IProgress<RosterProgress>? listener)
    {
        if (await pipeline.RefusalAsync(request.District, cancellation) is { } refused)
            return refused;
        var began = time.GetUtcNow();
        var opened = await connections.OpenAsync(request.District, cancellation);
        if (opened.Source is not { } source)
            return await pipeline.RefuseAsync(request, opened.Failure!, cancellation);
        await using (source)
        {
            var outcome = await pipeline.RunAsync(request, source, cancellation, listener);
            // What a pause window kept out has to be told again after it.
            if (source is RestRosterSource && outcome.State == RosterRunState.Applied && !request.AdditionsOnly)
                await pulls.AppliedAsync(request.District, began, full: source.ExtentOf(RosterCollection.Users) == RosterExtent.Full, cancellation);
            return outcome;
        }
    }
}
