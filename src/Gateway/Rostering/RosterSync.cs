namespace Gateway.Rostering;

/// <summary>Pulls a district's roster from its source, now.</summary>
internal sealed class RosterSync(RosterConnections connections, RosterPipeline pipeline)
{
    public Task<RosterRunOutcome> RunAsync(int district, RosterTrigger trigger, bool dryRun, CancellationToken cancellation) =>
        RunAsync(new RosterRunRequest(district, trigger, dryRun), cancellation);

    public async Task<RosterRunOutcome> RunAsync(RosterRunRequest request, CancellationToken cancellation)
    {
        var opened = await connections.OpenAsync(request.District, cancellation);
        if (opened.Source is not { } source)
            return await pipeline.RefuseAsync(request, opened.Failure!, cancellation);
        await using (source)
            return await pipeline.RunAsync(request, source, cancellation);
    }
}
