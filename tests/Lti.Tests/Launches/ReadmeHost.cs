using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lti.Tests.Launches;

/// <summary>The host of the library's README: what stands between the two marks is its example, line for line.</summary>
internal static class ReadmeHost
{
    public static WebApplication Build(string[] args, byte[] stateKey, Uri launchUrl)
    {
        // README begins
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<IRegistrationStore, MyRegistrations>();
        builder.Services.AddSingleton<MyToolKeys>().AddSingleton<IToolKeyStore>(services => services.GetRequiredService<MyToolKeys>());
        builder.Services.AddSingleton<INonceStore, InMemoryNonceStore>(); // of one process; else a table, or an ILaunchAdmission<T>
        builder.Services.AddSingleton<IStateProtector>(new AesGcmStateProtector(stateKey)); // 32 random bytes, the same on every replica
        builder.Services.AddLti(new ClaimAllowList(LaunchClaim.Subject, LaunchClaim.Roles), tool => tool.RedirectUri = launchUrl);
        var app = builder.Build();

        app.MapMethods("/lti/login", ["GET", "POST"], async (HttpContext http, LoginInitiation login, CancellationToken ct) =>
        {
            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(ct) : null;
            var outcome = await login.StartAsync(LoginRequest.From(name => form is null ? http.Request.Query[name] : form[name]), ct);
            if (outcome is not LoginRedirect go) return Results.Text(((LoginRefused)outcome).Refusal.WhatToDo, statusCode: 400);
            http.Response.Headers.Append("Set-Cookie", go.SetCookie);
            return Results.Redirect(go.Location);
        });

        app.MapPost("/lti/launch", async (HttpContext http, LaunchVerifier verifier, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            var posted = LaunchRequest.From(name => form[name], name => http.Request.Cookies[name], name => http.Request.Headers[name]);
            return await verifier.VerifyAsync(posted, ct) switch
            {
                LaunchAccepted<LaunchMessage> launch => Results.Redirect(launch.Message.TargetLinkUri ?? "/"),
                LaunchRefused<LaunchMessage> refused => Results.Text(refused.Refusal.WhatToDo, statusCode: 400),
                _ => Results.Text("Open the link in a new tab.", statusCode: 400), // LaunchNeedsBinding: see "Without cookies"
            };
        });

        app.MapGet("/lti/jwks/{set}", (string set, MyToolKeys keys) => // one set a registration: what is signed for one proves nothing to another
            Results.Bytes(ToolJwks.Write(keys.PublicKeysOf(set)), ToolJwks.ContentType));
        // README ends
        return app;
    }

    /// <summary>The host's own table of platforms.</summary>
    private sealed class MyRegistrations : FakeRegistrations;

    /// <summary>The host's own keys.</summary>
    private sealed class MyToolKeys : FakeToolKeys;
}
