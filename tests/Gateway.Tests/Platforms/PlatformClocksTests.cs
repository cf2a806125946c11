using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Tests.EndToEnd;
using Lti.Registrations;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Platforms;

[Trait("Requirement", "T-21")]
public sealed class PlatformClocksTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Difference_is_written_once_an_hour_and_sooner_when_it_changes()
    {
        var directory = stage.Services.GetRequiredService<RegistrationDirectory>();
        PlatformClocks clocks = new(stage.Services.GetRequiredService<GatewayDatabase>(), directory, stage.Clock);
        var platform = Assert.Single(await directory.FindAsync(stage.LmsUrl, stage.LmsOptions.ClientId, Cancellation));

        Assert.Equal(0, await clocks.WriteAsync(Cancellation));
        // The quickest message tells most of the clock.
        foreach (var seconds in new[] { 99, 42, 61 })
            clocks.Seen(platform, TimeSpan.FromSeconds(seconds));
        Assert.Equal(1, await clocks.WriteAsync(Cancellation));
        Assert.Equal(42, await BehindAsync());

        clocks.Seen(platform, TimeSpan.FromSeconds(44));
        Assert.Equal(0, await clocks.WriteAsync(Cancellation));
        clocks.Seen(platform, TimeSpan.FromSeconds(1));
        Assert.Equal(1, await clocks.WriteAsync(Cancellation));
        Assert.Equal(1, await BehindAsync());

        clocks.Seen(platform, TimeSpan.FromSeconds(-90));
        Assert.Equal(1, await clocks.WriteAsync(Cancellation));
        var check = await stage.Services.GetRequiredService<CheckPlatform>().RunAsync(stage.District.Id, int.Parse(platform.Id, System.Globalization.CultureInfo.InvariantCulture), Cancellation);
        var finding = check.Value.Single().Findings.Single(one => one.Subject == "clock");
        Assert.Equal(("lti.check_clock_wrong", ConnectionMark.Failed), (finding.Code, finding.Mark));
        Assert.Contains("90 seconds ahead", finding.WhatIsSo, StringComparison.Ordinal);
        await stage.Database.ExecuteAsync("update gateway.registration set clock_behind = null");
    }

    [Fact]
    public async Task Launch_is_heard()
    {
        await stage.LaunchAsync("student-1", fixture.Engine);
        await stage.Services.GetRequiredService<PlatformClocks>().WriteAsync(Cancellation);
        Assert.InRange(await BehindAsync(), -2, 30);
    }

    private Task<int> BehindAsync() => stage.Database.AskAsync<int>($"select clock_behind from gateway.registration where client_id = '{stage.LmsOptions.ClientId}'");
}
