namespace Gateway.Rostering;

/// <summary>Takes a roster from an archive or folder that a person brings along.</summary>
internal sealed class RosterImport(RosterPipeline pipeline)
{
    public async Task<RosterRunOutcome> RunAsync(int district, string path, bool dryRun, CancellationToken cancellation)
    {
        var request = new RosterRunRequest(district, RosterTrigger.Import, dryRun);
        var opened = RosterConnections.OpenFiles(path);
        if (opened.Source is not { } source)
            return await pipeline.RefuseAsync(request, opened.Failure!, cancellation);
        await using (source)
            return await pipeline.RunAsync(request, source, cancellation);
    }
}
