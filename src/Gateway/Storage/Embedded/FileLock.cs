namespace Gateway.Storage.Embedded;

/// <summary>
/// An advisory lock on a whole file that ends with the process that holds it. On Unix the runtime takes it by flock(2),
/// so it excludes, and is excluded by, the flock command.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>The lock, held until disposed; null when it could not be had within <paramref name="patience"/>.</summary>
    public static async Task<IDisposable?> AcquireAsync(
        string path, bool shared, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            if (TryAcquire(path, shared) is { } held)
                return held;
            if (time.GetElapsedTime(begun) > patience)
                return null;
            await Task.Delay(RetryAfter, time, cancellationToken);
        }
    }

    public static IDisposable? TryAcquire(string path, bool shared)
    {
        try
        {
            // Read access also for the exclusive lock: the file may belong to the server's account.
            return new FileStream(path, FileMode.Open, FileAccess.Read, shared ? FileShare.Read : FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (IsHeldElsewhere(error))
        {
            return null;
        }
    }

    public static bool IsFree(string path)
    {
        using var held = TryAcquire(path, shared: false);
        return held is not null;
    }

    // EWOULDBLOCK: 11 on Linux, 35 on macOS.
    private static bool IsHeldElsewhere(IOException error) => error.HResult is 11 or 35;
}
