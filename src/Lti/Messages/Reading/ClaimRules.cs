using System.Text.Json;

namespace Lti.Messages.Reading;

/// <summary>The tables of what is read, made once for an allow-list. A claim that is not allowed has no rule, so it is skipped.</summary>
internal sealed class ClaimRules
{
    private readonly ClaimAllowList allowed;

    public ClaimRules(ClaimAllowList allowed)
    {
        this.allowed = allowed;
        TopLevel = [.. Protocol(), .. Message(), .. Person(), .. Services()];
        if (TopLevel.Count > 64) throw new InvalidOperationException("A table of claims has at most 64 rules.");
    }

    public IReadOnlyList<ClaimRule> TopLevel { get; }

    private static IEnumerable<ClaimRule> Protocol() =>
    [
        new("iss", static (ref r, c) => c.Issuer = ClaimValue.Required(ref r, c, ClaimValue.LongestUrl)),
        new("aud", static (ref r, c) => ClaimValue.Texts(ref r, c, c.Audiences)),
        new("azp", static (ref r, c) => c.AuthorizedParty = ClaimValue.Required(ref r, c, ClaimValue.LongestText)),
        new("exp", static (ref r, c) => c.Expires = ClaimValue.Time(ref r, c)),
        new("iat", static (ref r, c) => c.IssuedAt = ClaimValue.Time(ref r, c)),
        new("nbf", static (ref r, c) => c.NotBefore = ClaimValue.Time(ref r, c)),
        new("nonce", static (ref r, c) => c.Nonce = ClaimValue.Required(ref r, c, ClaimValue.LongestText)),
        new(ClaimNames.Version, static (ref r, c) => c.Version = ClaimValue.Required(ref r, c, ClaimValue.LongestText)),
        new(ClaimNames.MessageType, static (ref r, c) => c.MessageType = ClaimValue.Required(ref r, c, ClaimValue.LongestText)),
        new(ClaimNames.DeploymentId, static (ref r, c) => c.DeploymentId = ClaimValue.Required(ref r, c, ClaimValue.LongestId)),
        new(ClaimNames.TargetLinkUri, static (ref r, c) => c.TargetLinkUri = ClaimValue.Required(ref r, c, ClaimValue.LongestUrl)),
    ];

    private IEnumerable<ClaimRule> Message()
    {
        yield return Members(ClaimNames.ResourceLink,
        [
            new("id", May(LaunchClaim.ResourceLinkId)
                ? static (ref r, c) => c.HasResourceLinkId = (c.ResourceLinkId = ClaimValue.Optional(ref r, c)) is not null
                : static (ref r, c) => c.HasResourceLinkId = ClaimValue.IsPresentText(ref r)),
            .. When(LaunchClaim.ResourceLinkTitle, "title", static (ref r, c) => c.ResourceLinkTitle = ClaimValue.Optional(ref r, c)),
        ]);
        yield return Members(ClaimNames.Context,
        [
            .. When(LaunchClaim.ContextId, "id", static (ref r, c) => c.ContextId = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.ContextLabel, "label", static (ref r, c) => c.ContextLabel = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.ContextTitle, "title", static (ref r, c) => c.ContextTitle = ClaimValue.Optional(ref r, c)),
        ]);
        yield return Members(ClaimNames.ToolPlatform,
        [
            .. When(LaunchClaim.PlatformGuid, "guid", static (ref r, c) => c.PlatformGuid = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.PlatformProduct, "product_family_code", static (ref r, c) => c.PlatformProduct = ClaimValue.Optional(ref r, c)),
        ]);
        yield return Members(ClaimNames.LaunchPresentation,
            [.. When(LaunchClaim.ReturnUrl, "return_url", static (ref r, c) => c.ReturnUrl = ClaimValue.Optional(ref r, c))]);
        if (allowed.Custom.Count > 0) yield return new(ClaimNames.Custom, new CustomClaims(allowed.Custom).Read);
    }

    private IEnumerable<ClaimRule> Person()
    {
        yield return new("sub", May(LaunchClaim.Subject)
            ? static (ref r, c) => c.HasSubject = (c.Subject = ClaimValue.Identifier(ref r)) is not null
            : static (ref r, c) => c.HasSubject = ClaimValue.IsPresentText(ref r));
        yield return new(ClaimNames.Roles, May(LaunchClaim.Roles)
            ? static (ref r, c) =>
            {
                c.HasRoles = r.TokenType != JsonTokenType.Null;
                ClaimValue.Roles(ref r, c);
            }
        : static (ref r, c) =>
        {
            c.HasRoles = r.TokenType != JsonTokenType.Null;
            r.Skip();
        });
        yield return Members(ClaimNames.Lis,
            [.. When(LaunchClaim.SisPersonId, "person_sourcedid", static (ref r, c) => c.LisPersonId = SisPersonIds.Read(ref r))]);
        yield return Members(ClaimNames.ForUser,
        [
            new("user_id", May(LaunchClaim.SubmissionUser)
                ? static (ref r, c) => c.HasSubmissionUser = (c.SubmissionUser = ClaimValue.Identifier(ref r)) is not null
                : static (ref r, c) => c.HasSubmissionUser = ClaimValue.IsPresentText(ref r)),
        ]);
        if (May(LaunchClaim.LegacyUser))
        {
            yield return Members(ClaimNames.Legacy,
            [
                new("user_id", static (ref r, c) => c.LegacyUser = ClaimValue.Identifier(ref r)),
                new("oauth_consumer_key", static (ref r, c) => c.LegacyConsumerKey = ClaimValue.Optional(ref r, c, ClaimValue.LongestId)),
                new("oauth_consumer_key_sign", static (ref r, c) => c.LegacySignature = ClaimValue.Optional(ref r, c)),
            ]);
        }

        ClaimRule[] details =
        [
            .. When(LaunchClaim.Locale, "locale", static (ref r, c) => c.Locale = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.GivenName, "given_name", static (ref r, c) => c.GivenName = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.FamilyName, "family_name", static (ref r, c) => c.FamilyName = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.FullName, "name", static (ref r, c) => c.FullName = ClaimValue.Optional(ref r, c)),
            .. When(LaunchClaim.Email, "email", static (ref r, c) => c.Email = ClaimValue.Optional(ref r, c)),
        ];
        foreach (var rule in details) yield return rule;
    }

    private IEnumerable<ClaimRule> Services()
    {
        yield return Members(ClaimNames.GradeService, May(LaunchClaim.GradeService)
            ?
            [
                new("lineitem", static (ref r, c) => c.HasLineItem = (c.LineItem = ClaimValue.Optional(ref r, c, ClaimValue.LongestUrl)) is not null),
                new("lineitems", static (ref r, c) => c.LineItems = ClaimValue.Optional(ref r, c, ClaimValue.LongestUrl)),
                new("scope", static (ref r, c) => ClaimValue.Scopes(ref r, c)),
            ]
            : [new("lineitem", static (ref r, c) => c.HasLineItem = ClaimValue.IsPresentText(ref r))]);
        if (May(LaunchClaim.NamesAndRolesService))
        {
            yield return Members(ClaimNames.NamesAndRoles,
                [new("context_memberships_url", static (ref r, c) => c.NamesAndRolesUrl = ClaimValue.Optional(ref r, c, ClaimValue.LongestUrl))]);
        }

        yield return Members(ClaimNames.DeepLinkingSettings, May(LaunchClaim.DeepLinkingSettings)
            ?
            [
                new("deep_link_return_url", static (ref r, c) =>
                    c.HasDeepLinkReturn = (c.DeepLinkReturnUrl = ClaimValue.Optional(ref r, c, ClaimValue.LongestUrl)) is not null),
                // Deep Linking 4.4.1: data is echoed as it came, and its length has no limit but the token's.
                new("data", static (ref r, c) => c.DeepLinkData = ClaimValue.Optional(ref r, c, int.MaxValue)),
                new("accept_types", static (ref r, c) => ClaimValue.Texts(ref r, c, c.AcceptTypes)),
                new("accept_presentation_document_targets", static (ref r, c) => ClaimValue.Texts(ref r, c, c.AcceptTargets)),
                new("accept_multiple", static (ref r, c) => c.AcceptMultiple = ClaimValue.Truth(ref r)),
                new("accept_lineitem", static (ref r, c) => c.AcceptLineItem = ClaimValue.Truth(ref r)),
            ]
            : [new("deep_link_return_url", static (ref r, c) => c.HasDeepLinkReturn = ClaimValue.IsPresentText(ref r))]);
    }

    private bool May(LaunchClaim claim) => allowed.Allows(claim);

    private IEnumerable<ClaimRule> When(LaunchClaim claim, string name, ReadClaim read) => May(claim) ? [new(name, read)] : [];

    private static ClaimRule Members(string name, ClaimRule[] rules) =>
        new(name, (ref r, c) => ClaimObject.Read(ref r, rules, c));
}
