using System.Text.Json.Serialization;
using Gateway.Engine;
using Gateway.Grades;
using Gateway.Hosting.Description;
using Gateway.Hosting.Limits;
using Gateway.Identity;
using Gateway.Jobs;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Privacy;

namespace Gateway.Hosting;

/// <summary>What the server has that a command has not: endpoints, probes, headers.</summary>
internal static class Web
{
    public static IServiceCollection AddGatewayWeb(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddRateLimits();
        services.AddHostedService<SigningKeySetup>();
        services.AddScoreDelivery();
        services.AddPlatformsHosting();
        services.AddEngineHosting();
        services.AddJobsHosting();
        services.AddDescription();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        return services;
    }

    public static void UseGatewayWeb(this WebApplication application)
    {
        application.UseTrustedProxies();
        application.UseMiddleware<PublicPath>();
        application.UseMiddleware<HeadRequests>();
        application.UseMiddleware<SecurityHeaders>();
        application.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = UnexpectedError.AnswerAsync });
        application.UseStatusCodePages(EmptyAnswers.FillAsync);
        // Said here, or it would come before the path and the method are what they mean.
        application.UseRouting();
        application.UseRateLimiter();
        application.UseMiddleware<ControlCharacters>();
        application.UseWhen(TokenFailures.Concern, guarded => guarded.UseMiddleware<TokenFailures>());
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapHealth();
        application.MapFrontPage();
        application.MapAssets();
        application.MapIdentity();
        application.MapLaunches();
        application.MapPlatforms();
        application.MapGrades();
        application.MapEngine();
        application.MapCertificates();
        application.MapDescription();
        application.MapDisclosure();
    }
}
