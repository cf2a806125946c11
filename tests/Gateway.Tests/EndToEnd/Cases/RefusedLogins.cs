using Gateway.Hosting;
using Gateway.Stage;
using Lti.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using static Gateway.Tests.EndToEnd.Cases.RefusedCase;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>What goes wrong before there is a token: logins, states, browsers and platforms that say no.</summary>
internal static class RefusedLogins
{
    public static IEnumerable<RefusedCase> All =>
    [
        .. Login("login without parameters", "lti.login_empty", login => login.Clear()),
        .. Login("login of LTI 1.1", "lti.legacy_version", OldForm),
        new("launch of LTI 1.1", "lti.legacy_version", cases => Task.FromResult(() =>
        {
            var form = new Dictionary<string, string>();
            OldForm(form);
            return cases.Browser.PostAsync($"{cases.Stage.GatewayUrl}/lti/launch", form);
        })),
        new("launch address opened by hand", "lti.launch_opened_directly", cases => Task.FromResult(() => cases.Browser.GetAsync($"{cases.Stage.GatewayUrl}/lti/launch"))),
        new("launch address opened with a token in it", "lti.launch_opened_directly", async cases =>
        {
            var launch = await cases.BeginAsync();
            return () => cases.Browser.GetAsync($"{cases.Stage.GatewayUrl}/lti/launch?state={launch.State}&id_token={launch.Sign()}", launch.Cookie);
        }),
        new("platform answers access_denied by GET", "lti.platform_denied", cases => Task.FromResult(() => cases.Browser.GetAsync($"{cases.Stage.GatewayUrl}/lti/launch?error=access_denied&state=x"))),
        .. Login("login without iss", "lti.login_malformed", login => login.Remove("iss")),
        .. Login("login without login_hint", "lti.login_malformed", login => login.Remove("login_hint")),
        .. Login("login with a control character", "launch.control_character", login => login["lti_deployment_id"] = "1\0"),
        .. Login("login of an unknown issuer", "lti.registration_unknown", login => login["iss"] = "https://unknown.example"),
        .. Login("login of an unknown client", "lti.registration_unknown", login => login["client_id"] = "another-client"),
        .. Login("login by issuer alone, which several clients share", "lti.registration_ambiguous", login => login.Remove("client_id")),
        new("login of a platform that waits for approval", "lti.registration_pending", async cases =>
        {
            var client = await cases.RegisterAsync("case-pending", () => CasePlatform.KeySet(SigningKey.First));
            await cases.Stage.Database.ExecuteAsync($"update gateway.registration set state = 'pending' where id = {cases.NumberOf(client)}");
            return () => cases.LoginAsync(client);
        }),
        Exhausted("login of a platform whose share of the minute is used up", (limits, number) => limits.AllowsLogin(number),
            (cases, client) => Task.FromResult(() => cases.LoginAsync(client))),
        Exhausted("launch of a platform whose share of the minute is used up", (limits, number) => limits.AllowsLaunch(number), async (cases, client) =>
        {
            var launch = await cases.BeginAsync(client);
            return () => launch.SendAsync(launch.Sign());
        }),
        .. Login("login to an address outside", "lti.target_not_ours", login => login["target_link_uri"] = "https://evil.example/lti/launch"),
        Error("login_required", "lti.platform_login_required"),
        Error("launch_no_longer_valid", "lti.platform_launch_expired"),
        Error("access_denied", "lti.platform_denied"),
        Error("temporarily_unavailable", "lti.platform_unavailable"),
        Error("an_error_of_its_own", "lti.platform_error"),
        new("no state", "lti.state_missing", async cases =>
        {
            var launch = await cases.BeginAsync();
            return () => launch.PostAsync(new() { ["id_token"] = launch.Sign() });
        }),
        new("state altered", "lti.state_invalid", async cases =>
        {
            var launch = await cases.BeginAsync();
            return () => launch.SendAsync(launch.Sign(), (launch.State[0] == 'A' ? 'B' : 'A') + launch.State[1..]);
        }),
        new("state of another browser", "lti.browser_mismatch", async cases =>
        {
            var (launch, other) = (await cases.BeginAsync(), await cases.BeginAsync());
            return () => launch.SendAsync(launch.Sign(), otherCookie: other.Cookie);
        }),
        new("state and another value in its cookie", "lti.browser_mismatch", async cases =>
        {
            var launch = await cases.BeginAsync();
            return () => launch.SendAsync(launch.Sign(), otherCookie: launch.Cookie.Split('=')[0] + "=another");
        }),
        new("state expired", "lti.state_expired", async cases =>
        {
            var launch = await cases.BeginAsync();
            cases.Stage.Clock.Advance(TimeSpan.FromMinutes(10));
            return () => launch.SendAsync(launch.Sign());
        }),
        new("registration removed between login and launch", "lti.registration_gone", async cases =>
        {
            var launch = await cases.BeginAsync(CaseStage.Gone);
            await cases.Stage.Database.ExecuteAsync($"delete from gateway.registration where id = {cases.NumberOf(CaseStage.Gone)}");
            cases.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
            return () => launch.SendAsync(launch.Sign());
        }),
    ];

    // As a platform posts it that has the tool installed under LTI 1.1.
    private static void OldForm(Dictionary<string, string> form)
    {
        form.Clear();
        foreach (var (name, value) in new[]
        {
            ("lti_message_type", "basic-lti-launch-request"), ("lti_version", "LTI-1p0"), ("oauth_consumer_key", "canary-key"), ("oauth_signature", "canary="),
            ("oauth_signature_method", "HMAC-SHA1"), ("user_id", "canary-user"), ("resource_link_id", "r"), ("roles", "Learner"),
        })
            form[name] = value;
    }

    // The stage gives a platform four a second, so that there is time for the answer between two of them. Somebody takes what comes nevertheless.
    private static RefusedCase Exhausted(string name, Func<RegistrationLimits, string, bool> take, Func<CaseStage, string, Task<Func<Task<Answer>>>> prepare) =>
        new(name, "launch.too_many_requests", async cases =>
        {
            var client = await cases.RegisterAsync(name.Replace(' ', '-'), () => CasePlatform.KeySet(SigningKey.First));
            var (limits, number) = (cases.Stage.Services.GetRequiredService<RegistrationLimits>(), $"{cases.NumberOf(client)}");
            var send = await prepare(cases, client);
            return async () =>
            {
                while (take(limits, number))
                {
                }

                await Task.Run(() => SpinWait.SpinUntil(() => take(limits, number)));
                using var answered = new CancellationTokenSource();
                var taking = Task.Run(() =>
                {
                    while (!answered.IsCancellationRequested)
                        take(limits, number);
                }, CancellationToken.None);
                var answer = await send();
                await answered.CancelAsync();
                await taking;
                return answer;
            };
        }, 429);
}
