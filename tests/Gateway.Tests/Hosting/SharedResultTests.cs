using Gateway.Hosting;
using Gateway.Stage;

namespace Gateway.Tests.Hosting;

[Trait("Requirement", "T-14")]
public sealed class SharedResultTests
{
    private readonly FakeClock clock = new();
    private readonly TaskCompletionSource making = new();
    private int made;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_who_asks_while_it_is_made_or_holds_gets_the_same_one()
    {
        var shared = Shared(async () =>
        {
            await making.Task;
            return ++made;
        });
        var asking = Enumerable.Range(0, 50).Select(_ => shared.GetAsync(Cancellation)).ToList();
        // Somebody who goes away takes nothing from the others.
        using var gone = new CancellationTokenSource();
        var left = shared.GetAsync(gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        making.SetResult();

        Assert.All(await Task.WhenAll(asking), one => Assert.Equal(1, one));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, await shared.GetAsync(Cancellation));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await shared.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Failure_is_not_kept()
    {
        var shared = Shared(() => ++made == 1 ? throw new InvalidOperationException() : Task.FromResult(made));
        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync(Cancellation));
        Assert.Equal(2, await shared.GetAsync(Cancellation));
    }

    private SharedResult<int> Shared(Func<Task<int>> make) => new(clock, now => now.AddMinutes(1), make);
}
