namespace Gateway.Stage;

/// <summary>Waits for a condition: asks again and again, and gives up after a minute.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"It did not come about: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
