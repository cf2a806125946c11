namespace Gateway.Platforms;

/// <summary>
/// <c>GET /lti/config/canvas.json</c>: what a Canvas administrator's "Enter URL" reads (L-2.2; Canvas documentation, "Configuring LTI
/// Advantage Tools"). All placements send LtiResourceLinkRequest, and none asks for a name.
/// </summary>
internal static class CanvasConfigurationEndpoint
{
    public const string Path = "/lti/config/canvas.json";

    public static IResult Handle(HttpContext http, ToolFacts tool)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(Document(tool, PlatformKinds.Canvas));
    }

    private static object Document(ToolFacts tool, PlatformKind canvas) => new
    {
        title = ToolFacts.Title,
        description = ToolFacts.Description,
        target_link_uri = tool.LaunchUrl,
        oidc_initiation_url = tool.LoginUrl,
        public_jwk_url = tool.JwksUrl,
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
