using Samples.Lms.Pages;

namespace Samples.Lms.Launches;

/// <summary>OpenID Connect third-party initiated login (Core 4): the browser is sent to the tool, which comes back to <c>/auth</c>.</summary>
internal static class LaunchPage
{
    public static void Map(WebApplication app) => app.MapGet("/launch/{link}", Begin);

    private static IResult Begin(
        HttpContext http, string link, LmsOptions options, LmsCourse course, Sessions sessions, PendingLaunches launches, OwnAddress own)
    {
        if (sessions.Of(http) is not { } person)
            return Results.Redirect("/signin");
        if (link != course.LinkId)
            return Results.NotFound();
        var fields = new Dictionary<string, string>
        {
            ["iss"] = own.Issuer,
            ["login_hint"] = person.UserId,
            ["target_link_uri"] = options.TargetLinkUrl,
            ["lti_message_hint"] = launches.Begin(person, options.OpenInFrame),
            ["client_id"] = options.ClientId,
            ["lti_deployment_id"] = options.DeploymentId,
        };
        // The storage is in the page around the tool's frame; a tab has none.
        if (options.OpenInFrame && StoragePages.Target(options) is { } storage)
            fields["lti_storage_target"] = storage;
        return Html.Handover(http, $"Opening {course.LinkTitle}", options.ToolLoginUrl, fields);
    }
}
