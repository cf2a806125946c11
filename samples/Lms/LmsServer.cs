using Samples.Lms.Control;
using Samples.Lms.Launches;
using Samples.Lms.Pages;
using Samples.Lms.Registration;
using Samples.Lms.Services;

namespace Samples.Lms;

/// <summary>A small learning management system: an LTI 1.3 platform with one course, one link to a tool, and a gradebook.</summary>
public static class LmsServer
{
    public static WebApplication Build(LmsOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url ?? "http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<OwnAddress>();
        builder.Services.AddSingleton<LmsCourse>();
        builder.Services.AddSingleton<Gradebook>();
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddSingleton<PlatformKey>();
        builder.Services.AddSingleton<PendingLaunches>();
        builder.Services.AddSingleton<IdTokens>();
        builder.Services.AddSingleton<ClientAssertions>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<RegistrationTokens>();
        WebApplication app = builder.Build();
        Assets.Map(app);
        SignInPage.Map(app);
        CoursePage.Map(app);
        GradebookPage.Map(app);
        StoragePages.Map(app);
        LaunchPage.Map(app);
        AuthEndpoint.Map(app);
        JwksEndpoint.Map(app);
        TokenEndpoint.Map(app);
        LineItemEndpoints.Map(app);
        ScoreEndpoint.Map(app);
        ResultsEndpoint.Map(app);
        RegisterPage.Map(app);
        OpenIdConfiguration.Map(app);
        RegistrationEndpoint.Map(app);
        ControlEndpoints.Map(app);
        return app;
    }
}
