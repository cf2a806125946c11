using Gateway.Stage;

namespace Gateway.Tests.EndToEnd;

/// <summary>One stage for the tests of a class.</summary>
public sealed class StageFixture : IAsyncLifetime
{
    internal TestStage Stage { get; private set; } = null!;

    internal TestEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Stage = await TestStage.StartAsync();
        Engine = new TestEngine(Stage);
    }

    public async ValueTask DisposeAsync()
    {
        Engine?.Dispose();
        if (Stage is not null)
            await Stage.DisposeAsync();
    }
}
