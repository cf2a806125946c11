using Lti.Launches;
using Lti.Tests.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Registrations;

[Trait("Requirement", "L-2.1")]
public sealed class PendingRegistrationTests
{
    [Fact]
    public async Task Login_of_a_registration_that_waits_for_approval_is_refused_by_name()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Clear();
        scene.Store.Add(scene.Registration with { IsPending = true });
        Assert.Equal(LaunchRefusal.RegistrationPending, await LoginRefusalAsync(scene, Scene.ClientId));
        Assert.Equal(LaunchRefusal.RegistrationPending, await LoginRefusalAsync(scene, null));
    }

    [Fact]
    public async Task Launch_is_refused_when_the_approval_was_taken_back_since_the_login()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        scene.Store.Clear();
        scene.Store.Add(scene.Registration with { IsPending = true });
        Assert.Equal(LaunchRefusal.RegistrationPending, (await scene.LaunchAsync(begun, begun.Sign())).Refusal());
    }

    [Fact]
    public async Task One_that_waits_does_not_make_another_ambiguous()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Add(scene.Registration with { Id = "r2", ClientId = "client-2", IsPending = true });
        var begun = await scene.BeginAsync(parameters => parameters.Remove("client_id"));
        Assert.Equal("r1", begun.Redirect.Registration.Id);
        scene.Store.Add(scene.Registration with { Id = "r3", ClientId = "client-3" });
        Assert.Equal(LaunchRefusal.RegistrationAmbiguous, await LoginRefusalAsync(scene, null));
    }

    private static async Task<LaunchRefusal> LoginRefusalAsync(Scene scene, string? client)
    {
        Dictionary<string, string?> parameters = new(StringComparer.Ordinal)
        {
            ["iss"] = Scene.Issuer,
            ["login_hint"] = "hint",
            ["target_link_uri"] = Scene.Target,
            ["client_id"] = client,
        };
        var outcome = await scene.Login.StartAsync(LoginRequest.From(name => parameters.GetValueOrDefault(name)), Scene.Cancel);
        return Assert.IsType<LoginRefused>(outcome).Refusal;
    }
}
