namespace Gateway.Storage.Embedded;

/// <summary>Leaves the cluster; the last to leave waits until the server and its watchdog are gone.</summary>
internal static class LastUser
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>Only to be called under the start lock, so that nobody arrives meanwhile. False when the server still stops.</summary>
    public static async Task<bool> LeaveAsync(
        ClusterHome home, PostgresBinaries binaries, ServerAccount account, IDisposable membership, TimeSpan patience, TimeProvider time)
    {
        membership.Dispose();
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) <= patience)
        {
            if (FileLock.IsFree(home.UsersLock))
            {
                // No user, and no watchdog at work. One that has not woken yet holds its own lock still.
                if (FileLock.IsFree(home.WatchdogLock))
                {
                    if (await Postmaster.FindAsync(home.Cluster, CancellationToken.None) is null)
                        return true;
                    await Watchdog.EnsureAsync(home, binaries, account, CancellationToken.None);
                }
            }
            else if (IsShared(home.UsersLock) && !FileLock.IsFree(home.UsersLock))
            {
                // Asked once more, because what held it at first may have been a watchdog on its way out, not a user.
                return true;
            }

            await Task.Delay(LookAgainAfter, time);
        }

        return false;
    }

    private static bool IsShared(string path)
    {
        using var others = FileLock.TryAcquire(path, shared: true);
        return others is not null;
    }
}
