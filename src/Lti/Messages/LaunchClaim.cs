namespace Lti.Messages;

/// <summary>
/// A claim that a host may choose to read, beyond those that the protocol cannot do without.
/// </summary>
public sealed record LaunchClaim
{
    private LaunchClaim(string path) => Path = path;

    /// <summary>Short path, for documentation: <c>sub</c>, <c>context.title</c>, <c>custom.grade</c>.</summary>
    public string Path { get; }

    /// <summary>Whether it carries the person's id in the student information system.</summary>
    public bool IsSisPersonId => CustomIsSisPersonId || this == SisPersonId;

    internal string? CustomKey { get; private init; }

    internal bool CustomIsSisPersonId { get; private init; }

    /// <summary><c>sub</c>, as an <see cref="OpaqueIdentifier"/>.</summary>
    public static LaunchClaim Subject { get; } = new("sub");

    /// <summary><c>roles</c>.</summary>
    public static LaunchClaim Roles { get; } = new("roles");

    /// <summary><c>context.id</c>.</summary>
    public static LaunchClaim ContextId { get; } = new("context.id");

    /// <summary><c>context.label</c>.</summary>
    public static LaunchClaim ContextLabel { get; } = new("context.label");

    /// <summary><c>context.title</c>.</summary>
    public static LaunchClaim ContextTitle { get; } = new("context.title");

    /// <summary><c>resource_link.id</c>.</summary>
    public static LaunchClaim ResourceLinkId { get; } = new("resource_link.id");

    /// <summary><c>resource_link.title</c>.</summary>
    public static LaunchClaim ResourceLinkTitle { get; } = new("resource_link.title");

    /// <summary><c>lis.person_sourcedid</c>, as an <see cref="OpaqueIdentifier"/>.</summary>
    public static LaunchClaim SisPersonId { get; } = new("lis.person_sourcedid");

    /// <summary><c>for_user.user_id</c> of a submission review, as an <see cref="OpaqueIdentifier"/>.</summary>
    public static LaunchClaim SubmissionUser { get; } = new("for_user.user_id");

    /// <summary>
    /// <c>lti1p1.user_id</c>, the person's id under LTI 1.1, as an <see cref="OpaqueIdentifier"/>; it is given on only when the claim's
    /// <c>oauth_consumer_key_sign</c> was verified with a secret of the host's (<see cref="Security.ILegacySecretStore"/>).
    /// </summary>
    public static LaunchClaim LegacyUser { get; } = new("lti1p1.user_id");

    /// <summary>The Assignment and Grade Services endpoint.</summary>
    public static LaunchClaim GradeService { get; } = new("lti-ags.endpoint");

    /// <summary>The Names and Role Provisioning Services endpoint.</summary>
    public static LaunchClaim NamesAndRolesService { get; } = new("lti-nrps.namesroleservice");

    /// <summary>The deep linking settings.</summary>
    public static LaunchClaim DeepLinkingSettings { get; } = new("lti-dl.deep_linking_settings");

    /// <summary><c>launch_presentation.return_url</c>, as the platform wrote it: whose address it is has to be checked.</summary>
    public static LaunchClaim ReturnUrl { get; } = new("launch_presentation.return_url");

    /// <summary><c>tool_platform.guid</c>.</summary>
    public static LaunchClaim PlatformGuid { get; } = new("tool_platform.guid");

    /// <summary><c>tool_platform.product_family_code</c>.</summary>
    public static LaunchClaim PlatformProduct { get; } = new("tool_platform.product_family_code");

    /// <summary><c>locale</c>.</summary>
    public static LaunchClaim Locale { get; } = new("locale");

    /// <summary><c>given_name</c>.</summary>
    public static LaunchClaim GivenName { get; } = new("given_name");

    /// <summary><c>family_name</c>.</summary>
    public static LaunchClaim FamilyName { get; } = new("family_name");

    /// <summary><c>name</c>.</summary>
    public static LaunchClaim FullName { get; } = new("name");

    /// <summary><c>email</c>.</summary>
    public static LaunchClaim Email { get; } = new("email");

    /// <summary>
    /// A custom parameter, as text in <see cref="LaunchMessage.Custom"/> under this spelling.
    /// Compared without regard to ASCII case: Schoology sends keys in lower case.
    /// </summary>
    public static LaunchClaim Custom(string key) => OfCustom(key, isSisPersonId: false);

    /// <summary>
    /// A custom parameter that carries the person's id in the student information system (<c>$Person.sourcedId</c>);
    /// fills <see cref="LaunchMessage.SisPersonId"/> when <c>lis.person_sourcedid</c> does not. A whole number counts as its text. Blanks,
    /// zeros, words for "none" and a variable that the platform left unexpanded count as absent: they are the same for everybody.
    /// </summary>
    public static LaunchClaim CustomSisPersonId(string key) => OfCustom(key, isSisPersonId: true);

    private static LaunchClaim OfCustom(string key, bool isSisPersonId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new LaunchClaim("custom." + key) { CustomKey = key, CustomIsSisPersonId = isSisPersonId };
    }
}
