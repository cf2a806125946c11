namespace Lti.Launches;

/// <summary>
/// The parameters of a login initiation (1EdTech Security Framework 5.1.1.1), by GET or POST, as they came. Not a record:
/// <c>login_hint</c> may be a person's id, and records print themselves.
/// </summary>
public sealed class LoginRequest
{
    /// <summary><c>iss</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary><c>login_hint</c>: echoed, never read.</summary>
    public string? LoginHint { get; init; }

    /// <summary><c>target_link_uri</c>.</summary>
    public string? TargetLinkUri { get; init; }

    /// <summary><c>client_id</c>, optional.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>lti_deployment_id</c> (Canvas: <c>deployment_id</c>), optional.</summary>
    public string? DeploymentId { get; init; }

    /// <summary><c>lti_message_hint</c>, optional: echoed as it came (Moodle sends JSON).</summary>
    public string? MessageHint { get; init; }

    /// <summary><c>lti_storage_target</c>, optional: the frame of the platform's storage. What cannot be a frame's name counts as none.</summary>
    public string? StorageTarget { get; init; }

    /// <summary>Whether the parameters are those of a launch under LTI 1.1.</summary>
    public bool IsLegacyLaunch { get; init; }

    /// <summary>Whether there is no parameter at all that belongs here: somebody opened the address by hand.</summary>
    internal bool IsEmpty =>
        Issuer is null && LoginHint is null && TargetLinkUri is null && ClientId is null && DeploymentId is null && MessageHint is null && StorageTarget is null;

    /// <summary>Picks the parameters out of a query or a form.</summary>
    /// <param name="read">Gives a parameter's value, or null.</param>
    public static LoginRequest From(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new LoginRequest
        {
            Issuer = read("iss"),
            LoginHint = read("login_hint"),
            TargetLinkUri = read("target_link_uri"),
            ClientId = NotEmpty(read("client_id")),
            DeploymentId = NotEmpty(read("lti_deployment_id")) ?? NotEmpty(read("deployment_id")),
            MessageHint = read("lti_message_hint"),
            StorageTarget = NotEmpty(read("lti_storage_target")),
            IsLegacyLaunch = LegacyLaunch.IsMeant(read),
        };
    }

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
