namespace Gateway.Rostering;

/// <summary>Takes a roster from an archive or folder that a person brings along.</summary>
internal sealed class RosterImport(RosterPipeline pipeline)
{
    /// <param name="district">The district.</param>
    /// <param name="path">A ZIP archive or a folder.</param>
    /// <param name="dryRun">Read, check and compare only.</param>
    /// <param name="approved">The person has looked at what it would do: it does not wait.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <param name="listener">Is told how far it is.</param>
    public async Task<RosterRunOutcome> RunAsync(
        int district, string path, bool dryRun, bool approved, CancellationToken cancellation, IProgress<RosterProgress>? listener = null)
    {
        var request = new RosterRunRequest(district, RosterTrigger.Import, dryRun) { Approved = approved };
        var opened = RosterConnections.OpenFiles(path);
        if (opened.Source is not { } source)
            return await pipeline.RefuseAsync(request, opened.Failure!, cancellation);
        await using (source)
            return await pipeline.RunAsync(request, source, cancellation, listener);
    }
}
