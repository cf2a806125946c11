using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

/// <summary>Several customers of one platform that share its issuer and client id: the deployment tells them apart.</summary>
[Trait("Requirement", "T-7")]
public sealed class OpenRegistrationTests
{
    private const string Second = "deployment-2";

    [Theory]
    [InlineData(Scene.DeploymentId, "r1")]
    [InlineData(Second, "r2")]
    public async Task Deployment_of_the_signed_token_chooses_where_the_login_names_none(string deployment, string expected)
    {
        await using var scene = await TwoCustomersAsync();
        Assert.Equal(expected, (await LaunchAsync(scene, null, deployment)).Accepted().Registration.Id);
    }

    [Theory]
    [InlineData(Scene.DeploymentId, "r1")]
    [InlineData(Second, "r2")]
    public async Task Deployment_of_the_login_chooses_and_the_token_must_agree(string deployment, string expected)
    {
        await using var scene = await TwoCustomersAsync();
        Assert.Equal(expected, (await LaunchAsync(scene, deployment, deployment)).Accepted().Registration.Id);
        var other = deployment == Second ? Scene.DeploymentId : Second;
        var refused = Assert.IsType<LaunchRefused<LaunchMessage>>(await LaunchAsync(scene, deployment, other));
        Assert.Equal((LaunchRefusal.DeploymentUnknown, expected, other), (refused.Refusal, refused.RegistrationId, refused.UnknownDeployment));
    }

    [Fact]
    public async Task Deployment_that_none_of_them_knows_is_refused_and_told_to_none_of_them()
    {
        await using var scene = await TwoCustomersAsync();
        var refused = Assert.IsType<LaunchRefused<LaunchMessage>>(await LaunchAsync(scene, null, "deployment-3"));
        Assert.Equal((LaunchRefusal.DeploymentUnknown, null, null), (refused.Refusal, refused.RegistrationId, refused.UnknownDeployment));
        Assert.Equal(LaunchRefusal.DeploymentMissing, (await LaunchAsync(scene, null, null)).Refusal());
    }

    [Fact]
    public async Task Token_of_an_open_login_is_checked_as_any_other()
    {
        await using var scene = await TwoCustomersAsync();
        var begun = await scene.BeginAsync();
        Assert.Equal(LaunchRefusal.NonceMismatch, (await scene.LaunchAsync(begun, begun.Sign(claims => claims["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA"))).Refusal());
        Assert.Equal(LaunchRefusal.AudienceMismatch, (await scene.LaunchAsync(begun, begun.Sign(claims => claims["aud"] = "client-2"))).Refusal());
    }

    [Fact]
    public async Task Customers_whose_keys_or_authorization_endpoints_differ_are_ambiguous_without_a_deployment()
    {
        foreach (var change in new Func<Registration, Registration>[]
        {
            one => one with { JwksUri = new Uri("https://lms.example/other-keys") },
            one => one with { AuthorizationEndpoint = new Uri("https://lms.example/other") },
        })
        {
            await using var scene = await Scene.StartAsync();
            scene.Store.Add(change(scene.Registration with { Id = "r2", DeploymentIds = [Second] }));
            var login = new LoginRequest { Issuer = Scene.Issuer, LoginHint = "h", TargetLinkUri = Scene.Target, ClientId = Scene.ClientId };
            Assert.Equal(LaunchRefusal.RegistrationAmbiguous, Assert.IsType<LoginRefused>(await scene.Login.StartAsync(login, Scene.Cancel)).Refusal);
        }
    }

    private static async Task<Scene> TwoCustomersAsync()
    {
        var scene = await Scene.StartAsync();
        scene.Store.Add(scene.Registration with { Id = "r2", DeploymentIds = [Second] });
        return scene;
    }

    private static async Task<LaunchOutcome<LaunchMessage>> LaunchAsync(Scene scene, string? atLogin, string? inToken)
    {
        var begun = await scene.BeginAsync(parameters => parameters["lti_deployment_id"] = atLogin);
        return await scene.LaunchAsync(begun, begun.Sign(claims => claims[Claims.DeploymentId] = inToken));
    }
}
