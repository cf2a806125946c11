namespace Samples.Lms.Pages;

/// <summary>The browser's side of LTI Platform Storage 0.1: what the course's page needs to keep values for the tool in its frame.</summary>
internal static class StoragePages
{
    private const string FrameName = "lms-storage";

    public static void Map(WebApplication app)
    {
        app.MapGet("/storage/frame", (HttpContext http) => Script(http, "storage-frame.js"));
        app.MapGet("/storage/stranger", (HttpContext http) => Script(http, "storage-stranger.js"));
    }

    /// <summary>The <c>lti_storage_target</c> of a login; null where there is no storage.</summary>
    public static string? Target(LmsOptions options) => options.PlatformStorage switch
    {
        PlatformStorage.Parent => "_parent",
        PlatformStorage.NamedFrame => FrameName,
        _ => null,
    };

    /// <summary>What stands in the course's page beside the tool's frame.</summary>
    public static string Beside(LmsOptions options, OwnAddress own)
    {
        if (Target(options) is not { } target)
            return "";
        string forwarder = target == FrameName ? $"""<iframe name="{FrameName}" src="/storage/frame" title="Storage" hidden></iframe>""" : "";
        // The same server by another name is another origin.
        string stranger = options.StorageFault == StorageFault.WrongOrigin
            ? $"""<iframe name="stranger" src="{Html.E(own.Elsewhere)}/storage/stranger" title="Another origin" hidden></iframe>"""
            : "";
        return $"""
            <div id="storage" data-frame="{target}" data-fault="{options.StorageFault}"></div>
            <script src="/storage.js"></script>
            {forwarder}{stranger}
            """;
    }

    private static IResult Script(HttpContext http, string name)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'";
        return Results.Content(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Storage</title><script src=\"/{name}\"></script></html>",
            "text/html; charset=utf-8");
    }
}
