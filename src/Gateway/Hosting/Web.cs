using System.Text.Json.Serialization;
using Gateway.Grades;
using Gateway.Identity;
using Gateway.Jobs;
using Gateway.Launches;

namespace Gateway.Hosting;

/// <summary>What the server has that a command has not: endpoints, probes, headers.</summary>
internal static class Web
{
    public static IServiceCollection AddGatewayWeb(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddScoreDelivery();
        services.AddJobsHosting();
        services.AddOpenApi("v1");
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        return services;
    }

    public static void UseGatewayWeb(this WebApplication application)
    {
        application.UseMiddleware<SecurityHeaders>();
        application.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = UnexpectedError.AnswerAsync });
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapHealth();
        application.MapAssets();
        application.MapIdentity();
        application.MapLaunches();
        application.MapGrades();
        application.MapOpenApi();
    }
}
