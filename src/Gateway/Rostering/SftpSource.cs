using Gateway.Rostering.Pickup;

namespace Gateway.Rostering;

/// <summary>Opens a roster that lies on an SFTP server: fetched, then read like any archive.</summary>
internal sealed class SftpSource(SftpPickup pickup)
{
    /// <param name="address">As it was stored when the district was connected.</param>
    /// <param name="hostKey">As it was stored.</param>
    /// <param name="key">The private key.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    public async Task<RosterOpenOutcome> OpenAsync(string address, string hostKey, byte[] key, CancellationToken cancellation)
    {
        var picked = await pickup.FetchAsync(SftpAddress.Parse(address)!, SftpHostKey.Parse(hostKey)!, key, cancellation);
        if (picked.Path is null)
            return new(null, picked.Failure);
        var opened = RosterConnections.OpenFiles(picked.Path);
        if (opened.Source is { } source)
            return new(new FetchedSource(source, picked.Folder!), null);
        Directory.Delete(picked.Folder!, recursive: true);
        return opened;
    }
}
