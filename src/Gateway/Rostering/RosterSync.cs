namespace Gateway.Rostering;

/// <summary>Pulls a district's roster from its source, now.</summary>
internal sealed class RosterSync(RosterConnections connections, RosterPipeline pipeline)
{
    public async Task<RosterRunOutcome> RunAsync(int district, RosterTrigger trigger, bool dryRun, CancellationToken cancellation, IProgress<RosterProgress>? listener = null)
    {
        var request = new RosterRunRequest(district, trigger, dryRun);
        var opened = await connections.OpenAsync(district, cancellation);
        if (opened.Source is not { } source)
            return await pipeline.RefuseAsync(request, opened.Failure!, cancellation);
        await using (source)
            return await pipeline.RunAsync(request, source, cancellation, listener);
    }
}
