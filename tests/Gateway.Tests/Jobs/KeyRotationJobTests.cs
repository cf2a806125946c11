using Gateway.Stage;

namespace Gateway.Tests.Jobs;

public sealed class KeyRotationJobTests
{
    [Fact]
    [Trait("Requirement", "L-2.5")]
    public async Task Serving_gateway_announces_the_successor_of_a_key_that_is_old()
    {
        await using var stage = await TestStage.StartAsync();
        await stage.StopGatewayAsync();
        await stage.Database.ExecuteAsync("update gateway.signing_key set activates_at = activates_at - interval '84 days' where purpose = 'openid'");
        // As a day later: the daily round is due at once.
        await stage.Database.ExecuteAsync(
            "delete from jobs.qrtz_simple_triggers where trigger_name = 'rotate-keys'; delete from jobs.qrtz_triggers where trigger_name = 'rotate-keys'; "
            + "delete from jobs.qrtz_job_details where job_name = 'rotate-keys'");
        await stage.StartGatewayAsync();

        await Until.TrueAsync(
            async () => await stage.Database.AskAsync<long>("select count(*) from gateway.signing_key where purpose = 'openid' and activates_at > now()") == 1,
            "an announced key");
        Assert.Equal(1, await stage.Database.AskAsync<long>("select count(*) from gateway.signing_key where purpose = 'lti'"));
    }
}
