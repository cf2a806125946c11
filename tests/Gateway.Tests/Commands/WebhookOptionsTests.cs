using Gateway.Commands;

namespace Gateway.Tests.Commands;

public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData("webhook engine --enable --remove")]
    [InlineData("webhook engine --url https://engine.example/hook --rotate-secret")]
    [InlineData("webhook engine --overlap 3")]
    [InlineData("webhook-events engine --dead --pending")]
    [InlineData("webhook-events engine --last 0")]
    [InlineData("webhook-replay engine")]
    [InlineData("webhook-replay engine --dead --since 2026-01-01")]
    [InlineData("webhook-replay engine --since yesterday")]
    public void Options_that_do_not_go_together_are_wrong_usage(string arguments) => Assert.Single(ClientCommands.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("webhook engine")]
    [InlineData("webhook engine --rotate-secret")]
    [InlineData("webhook-events engine")]
    [InlineData("webhook-replay engine --since 2026-10-05T12:00Z")]
    public void Options_that_may_be_left_out_may_be_left_out(string arguments) => Assert.Empty(ClientCommands.Create().Parse(arguments).Errors);
}
