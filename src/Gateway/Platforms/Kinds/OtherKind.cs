namespace Gateway.Platforms.Kinds;

/// <summary>Any other LTI 1.3 platform: nothing is known of it in advance, and everything is entered.</summary>
internal sealed class OtherKind : PlatformKind
{
    public override string Name => "other";

    public override string Title => "learning platform";

    public override IReadOnlyList<string> ProductFamilies => [];

    public override bool TakesTokenAudience => true;

    public override string OnIssuerMismatch =>
        "Have the platform's own address set as its issuer, and begin again; or give issuer, client id and addresses to the gateway's operator, who enters them by hand (`platform add`).";

    public override PlatformForm Form(ToolFacts tool, string district, Guid keySet) => new(
        "The form for LTI 1.3 tools",
        [
            new("Name", ToolFacts.Title),
            new("Target link URL (launch URL)", tool.LaunchUrl),
            new("Login initiation URL", tool.LoginUrl),
            new("Redirect URL", tool.LaunchUrl),
            new("Public keyset (JWKS) URL", tool.JwksUrlOf(keySet)),
            new("Scope", string.Join(' ', ToolFacts.Scopes)),
            new("Custom parameter", CustomParameter),
            new("Privacy", "user id and role: yes; name and e-mail address: no"),
        ],
        [
            "Then, with what the platform shows:",
            $"gateway platform add {district} --kind other --issuer ISSUER --client-id CLIENT_ID --deployment-id DEPLOYMENT_ID"
                + " --authorize-url URL --token-url URL --jwks-url URL",
            "If the platform wants an audience other than its token URL in the assertion, add --token-audience.",
        ]);
}
