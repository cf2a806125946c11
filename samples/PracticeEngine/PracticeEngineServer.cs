using Samples.PracticeEngine.Api;
using Samples.PracticeEngine.Control;
using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.Practice;
using Samples.PracticeEngine.Roster;
using Samples.PracticeEngine.Scores;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine;

/// <summary>
/// A small practice engine: an OpenID Connect client that asks three questions, sends the score back and knows who is in which class.
/// </summary>
public static class PracticeEngineServer
{
    public static WebApplication Build(PracticeEngineOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url ?? "http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<OwnAddress>();
        builder.Services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { { "User-Agent", "sample-practice-engine" } },
        });
        builder.Services.AddSingleton<Provider>();
        builder.Services.AddSingleton<PendingLogins>();
        builder.Services.AddSingleton<CodeExchange>();
        builder.Services.AddSingleton<IdTokenCheck>();
        builder.Services.AddSingleton<LearnerSessions>();
        builder.Services.AddSingleton<SubmittedWork>();
        builder.Services.AddSingleton<ApiTokens>();
        builder.Services.AddSingleton<ScoreClient>();
        builder.Services.AddSingleton<GatewayRoster>();
        builder.Services.AddSingleton<RosterCopies>();
        builder.Services.AddSingleton<Nudges>();
        if (options.FollowRoster)
            builder.Services.AddHostedService<RosterFollower>();
        builder.Services.AddSingleton<LastLaunch>();
        WebApplication app = builder.Build();
        Assets.Map(app);
        HomePage.Map(app);
        LoginEndpoint.Map(app);
        CallbackEndpoint.Map(app);
        PracticePage.Map(app);
        AnswersEndpoint.Map(app);
        ResultPage.Map(app);
        RosterPage.Map(app);
        WebhookEndpoint.Map(app);
        LastLaunchEndpoint.Map(app);
        RosterEndpoint.Map(app);
        return app;
    }
}
