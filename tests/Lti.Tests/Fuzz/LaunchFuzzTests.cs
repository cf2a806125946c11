using FsCheck;
using FsCheck.Fluent;
using Lti.Launches;
using Lti.Messages;
using Lti.Tests.Platform;

namespace Lti.Tests.Fuzz;

/// <summary>Whatever comes: nothing is thrown, every refusal is one of the catalogue, and nobody is let in without reason.</summary>
[Trait("Requirement", "L-1.5")]
public sealed class LaunchFuzzTests
{
    private const string Base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=. ";
    private static readonly HashSet<LaunchRefusal> Catalogue = [.. LaunchRefusal.Catalogue];

    [Fact]
    public void The_suite_makes_at_least_a_hundred_thousand_inputs() => Assert.InRange(Budget.Inputs.Values.Sum(), 100_000, int.MaxValue);

    [Fact]
    public async Task No_token_is_accepted_that_the_oracle_objects_to()
    {
        await using var scene = await SceneAsync();
        var (accepted, codes) = (0, new HashSet<string>());
        Budget.Spend("tokens", TokenGen.Plans, plan =>
        {
            var begun = Wait(scene.BeginAsync());
            var token = plan.Make(begun);
            var outcome = Wait(scene.LaunchAsync(begun, token).AsTask());
            codes.Add(CodeOf(outcome));
            if (outcome is not LaunchAccepted<LaunchMessage>)
                return;
            accepted++;
            Assert.Null(Oracle.Objection(token, begun.Nonce, scene.Clock.Now));
        });
        // Neither side of the property is empty.
        Assert.InRange(accepted, Budget.Inputs["tokens"] / 20, Budget.Inputs["tokens"] * 9 / 10);
        Assert.InRange(codes.Count, 25, int.MaxValue);
    }

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task No_state_is_accepted_but_the_logins_own_in_its_own_browser_and_once()
    {
        await using var scene = await SceneAsync();
        var (mine, theirs) = (await scene.BeginAsync(), await scene.BeginAsync());
        var spent = await scene.BeginAsync();
        Assert.IsType<LaunchAccepted<LaunchMessage>>(await scene.LaunchAsync(spent, spent.Sign(key: SigningKey.Elliptic)));
        var inputs =
            from state in Gen.Frequency((4, Hostile.Bent(mine.State, Base64Letters)), (1, Hostile.Text), (1, Gen.Elements(theirs.State, spent.State, "", mine.State)))
            from kept in Gen.Frequency((4, Gen.Constant(mine)), (1, Gen.Elements(theirs, spent)))
            from value in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Hostile.Text.Select(text => (string?)text)))
            from token in Gen.Elements(mine, theirs, spent)
            select new Input<(string State, Begun Kept, string? Value, Begun Token)>("a state, what the browser keeps, and a token", (state, kept, value, token));
        var tokens = new[] { mine, theirs, spent }.ToDictionary(begun => begun, begun => begun.Sign(key: SigningKey.Elliptic));
        Budget.Spend("states", inputs, input =>
        {
            LaunchRequest request = new() { IdToken = tokens[input.Token].AsMemory(), State = input.State, ReadBinding = Read };
            var outcome = Wait(scene.Verifier.VerifyAsync(request, Scene.Cancel).AsTask());
            CodeOf(outcome);
            // Each of the first two logins may be finished once, by its own token in its own browser; the third was.
            if (outcome is LaunchAccepted<LaunchMessage>)
            {
                Assert.NotSame(spent, input.Token);
                Assert.Equal((input.Token.State, input.Token, null), (input.State, input.Kept, input.Value));
                tokens[input.Token] = spent.Sign(key: SigningKey.Elliptic);
            }

            // A cookie has the name of its login, unless somebody made it up.
            string? Read(string name) => input.Value ?? (name == input.Kept.Redirect.BindingName ? input.Kept.Redirect.BindingValue : null);
        });
    }

    [Fact]
    [Trait("Requirement", "L-1.1")]
    [Trait("Requirement", "L-1.2")]
    public async Task No_login_leads_anywhere_but_to_a_registered_platform()
    {
        await using var scene = await SceneAsync();
        var inputs =
            from issuer in Parameter(Scene.Issuer)
            from hint in Parameter("hint")
            from target in Parameter(Scene.Target)
            from client in Parameter(Scene.ClientId)
            from message in Parameter("""{"cmid":1}""")
            select new Input<string?[]>("five parameters", [issuer, hint, target, client, message]);
        var redirected = 0;
        Budget.Spend("logins", inputs, all =>
        {
            string[] names = ["iss", "login_hint", "target_link_uri", "client_id", "lti_message_hint"];
            var request = LoginRequest.From(name => Array.IndexOf(names, name) is >= 0 and var index ? all[index] : null);
            switch (Wait(scene.Login.StartAsync(request, Scene.Cancel).AsTask()))
            {
                case LoginRefused refused:
                    Assert.Contains(refused.Refusal, Catalogue);
                    break;
                case LoginRedirect redirect:
                    redirected++;
                    Assert.StartsWith("https://lms.example/authorize?site=1&scope=openid&response_type=id_token&response_mode=form_post&prompt=none&", redirect.Location, StringComparison.Ordinal);
                    Assert.Equal(Scene.Issuer, all[0]);
                    Assert.False(string.IsNullOrEmpty(all[1]));
                    Assert.True(string.IsNullOrEmpty(all[3]) || all[3] == Scene.ClientId);
                    Assert.Matches(@"^(https://tool\.example(:(443)?)?([/?#][^\\\s]*)?)?$", all[2]?.ToLowerInvariant() ?? "");
                    break;
            }
        });
        Assert.InRange(redirected, 100, Budget.Inputs["logins"] - 100);
    }

    private static Gen<string?> Parameter(string good) => Gen.Frequency(
        (6, Gen.Constant<string?>(good)), (1, Gen.Elements<string?>(null, "", new string('x', 9_000), "\ud800", "https://tool.example.evil.example/", "https://tool.example@evil.example/", "https://@tool.example/")),
        (1, Hostile.Bent(good, "/\\:.@?#%x \t\n").Select(text => (string?)text)), (1, Hostile.Text.Select(text => (string?)text)));

    private static async Task<Scene> SceneAsync()
    {
        var scene = await Scene.StartAsync();
        scene.Platform.Keys.Add(SigningKey.Elliptic);
        return scene;
    }

    private static string CodeOf(LaunchOutcome<LaunchMessage> outcome)
    {
        if (outcome is not LaunchRefused<LaunchMessage> refused)
            return "accepted";
        Assert.Contains(refused.Refusal, Catalogue);
        return refused.Refusal.Code;
    }

    // FsCheck's properties are synchronous.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
