using Gateway.Launches;

namespace Gateway.Platforms;

/// <summary>
/// <c>GET /lti/config/{set}/canvas.json</c>: what a Canvas administrator's "Enter URL" reads (L-2.2; Canvas documentation, "Configuring LTI
/// Advantage Tools"). All placements send LtiResourceLinkRequest, and none asks for a name. The address is a district's own, because the
/// keys named in it are (T-6); <c>platform values</c> prints it.
/// </summary>
internal static class CanvasConfigurationEndpoint
{
    public const string FormerPath = "/lti/config/canvas.json";
    public const string Path = "/lti/config/{set:guid}/canvas.json";

    public static string PathOf(string set) => $"/lti/config/{set}/canvas.json";

    public static async Task<IResult> HandleAsync(HttpContext http, Guid set, ToolFacts tool, ToolKeys keys, CancellationToken cancellation)
    {
        if (await keys.PublishedAsync(set, cancellation) is null)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(Document(tool, tool.JwksUrlOf(set), PlatformKinds.Canvas));
    }

    /// <summary>The address of before, for the registrations that share one key: Canvas reads it again when somebody edits the key there.</summary>
    public static IResult Former(HttpContext http, ToolFacts tool)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(Document(tool, tool.JwksUrlOf(null), PlatformKinds.Canvas));
    }

    private static object Document(ToolFacts tool, string jwksUrl, PlatformKind canvas) => new
    {
        title = ToolFacts.Title,
        description = ToolFacts.Description,
        target_link_uri = tool.LaunchUrl,
        oidc_initiation_url = tool.LoginUrl,
        public_jwk_url = jwksUrl,
        scopes = ToolFacts.Scopes,
        extensions = new[]
        {
            new
            {
                platform = "canvas.instructure.com",
                domain = tool.Domain,
                tool_id = "practice-gateway",
                privacy_level = "anonymous",
                settings = new
                {
                    text = ToolFacts.Title,
                    placements = canvas.Placements.Select(placement => new
                    {
                        placement,
                        text = ToolFacts.Title,
                        message_type = "LtiResourceLinkRequest",
                        target_link_uri = tool.LaunchUrl,
                    }),
                },
            },
        },
        custom_fields = new Dictionary<string, string> { [ToolFacts.SisParameter] = canvas.SisVariable },
    };
}
