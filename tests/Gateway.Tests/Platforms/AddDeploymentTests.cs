using Gateway.Districts;
using Gateway.Platforms;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Platforms;

[Trait("Requirement", "L-2.3")]
public sealed class AddDeploymentTests(StageFixture stage) : IClassFixture<StageFixture>
{
    [Fact]
    public async Task Second_installation_is_let_in_once_its_deployment_was_added()
    {
        var stage1 = stage.Stage;
        var add = stage1.Services.GetRequiredService<AddDeployment>();
        using var student = await Visitor.SignInAsync(stage1, "student-1");
        stage1.LmsOptions.DeploymentId = "second-installation";
        Assert.Equal("lti.deployment_unknown", (await student.SendAsync(await student.PrepareAsync())).PageCode);
        var platform = await stage1.Database.AskAsync<int>("select id from gateway.registration");

        Assert.True((await add.RunAsync(stage1.District.Id, platform, "second-installation", TestContext.Current.CancellationToken)).Value);
        Assert.False((await add.RunAsync(stage1.District.Id, platform, "second-installation", TestContext.Current.CancellationToken)).Value);

        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await student.SendAsync(await student.PrepareAsync())).Status);
    }

    [Fact]
    public async Task Deployment_of_another_districts_platform_or_without_an_id_is_refused()
    {
        var stage1 = stage.Stage;
        var add = stage1.Services.GetRequiredService<AddDeployment>();
        var other = (await stage1.Services.GetRequiredService<AddDistrict>().RunAsync("other", "Other", "UTC", null, false, TestContext.Current.CancellationToken)).Value;
        var platform = await stage1.Database.AskAsync<int>("select id from gateway.registration");
        var before = await stage1.Database.AskAsync<long>("select count(*) from gateway.deployment");

        Assert.Equal("platform.unknown", (await add.RunAsync(other.Id, platform, "x", TestContext.Current.CancellationToken)).Failures[0].Code);
        Assert.Equal("platform.deployment_id_invalid", (await add.RunAsync(stage1.District.Id, platform, "", TestContext.Current.CancellationToken)).Failures[0].Code);
        Assert.Equal("platform.deployment_id_invalid", (await add.RunAsync(stage1.District.Id, platform, new string('x', 256), TestContext.Current.CancellationToken)).Failures[0].Code);
        Assert.Equal(before, await stage1.Database.AskAsync<long>("select count(*) from gateway.deployment"));
    }
}
