namespace Gateway.Platforms;

/// <summary>What must be given of a platform of each kind, and what follows from it. Finds every problem, not the first.</summary>
internal static class AddPlatformRules
{
    private const int LongestUrl = 1_024;
    public const int LongestId = 255;

    public static readonly Failure DeploymentIdInvalid = new("platform.deployment_id_invalid", "A deployment id is 1 to 255 characters (LTI Core 1.3, 5.3.3).");

    /// <summary>The platform's addresses, complete and checked, or everything that is wrong.</summary>
    public static Outcome<PlatformEndpoints> Check(AddPlatformCommand command)
    {
        List<Failure> failures = [.. Ids(command), .. Environment(command), .. SourceOf(command).Failures];
        var endpoints = Complete(command, failures);
        CheckUrl(endpoints.Issuer, "--issuer", failures);
        CheckUrl(endpoints.Authorize, "--authorize-url", failures);
        CheckUrl(endpoints.Token, "--token-url", failures);
        CheckUrl(endpoints.Jwks, "--jwks-url", failures);
        return failures.Count == 0 ? endpoints : Outcome<PlatformEndpoints>.Failed([.. failures.Distinct()]);
    }

    /// <summary>Where the SIS id is read from.</summary>
    public static Outcome<SisSource> SourceOf(AddPlatformCommand command) => command.SisId is { } text ? SisSource.Parse(text) : SisSource.Lis;

    private static IEnumerable<Failure> Ids(AddPlatformCommand command)
    {
        if (!PlatformKinds.All.Contains(command.Kind))
            yield return new("platform.kind_unknown", $"The kind is one of {string.Join(", ", PlatformKinds.All)}.");
        if (command.ClientId.Length is 0 or > LongestId)
            yield return new("platform.client_id_invalid", "The client id is the 1 to 255 characters that the platform shows.");
        if (command.DeploymentIds.Any(id => id.Length is 0 or > LongestId))
            yield return DeploymentIdInvalid;
    }

    private static IEnumerable<Failure> Environment(AddPlatformCommand command)
    {
        if (command.Environment is not { } name)
            yield break;
        if (command.Kind != PlatformKinds.Canvas)
            yield return new("platform.environment_not_used", "--environment is for Canvas only.");
        else if (CanvasEnvironments.Of(name) is not { } known)
            yield return new("platform.environment_unknown", $"--environment is one of {string.Join(", ", CanvasEnvironments.Names)}.");
        else if (command.Issuer is { } issuer && issuer != known.Issuer)
            yield return new("platform.environment_conflict", "--environment and --issuer name different platforms: give one of them.");
    }

    private static PlatformEndpoints Complete(AddPlatformCommand command, List<Failure> failures)
    {
        var given = new[] { command.AuthorizationEndpoint, command.TokenEndpoint, command.JwksUri }.Count(url => url is not null);
        var preset = Preset(command);
        // Half of a preset and half of another host would be a platform that does not exist.
        if (given is 1 or 2 && preset is not null)
            failures.Add(new("platform.urls_incomplete", "--authorize-url, --token-url and --jwks-url go together: give all three or none."));
        return new(
            (command.Kind == PlatformKinds.Moodle ? preset?.Issuer : command.Issuer ?? preset?.Issuer) ?? "",
            command.AuthorizationEndpoint ?? preset?.Authorize ?? "",
            command.TokenEndpoint ?? preset?.Token ?? "",
            command.JwksUri ?? preset?.Jwks ?? "");
    }

    private static PlatformEndpoints? Preset(AddPlatformCommand command) => command.Kind switch
    {
        PlatformKinds.Schoology => PlatformEndpoints.Schoology,
        PlatformKinds.Moodle when command.Issuer is { } root => PlatformEndpoints.Moodle(root),
        // An unknown name is a failure of its own, and should not bring four more.
        PlatformKinds.Canvas when command.Environment is { } name => CanvasEnvironments.Of(name) ?? CanvasEnvironments.Of(CanvasEnvironments.Production),
        PlatformKinds.Canvas when command.Issuer is { } issuer => CanvasEnvironments.OfIssuer(issuer) ?? CanvasEnvironments.SelfHosted(issuer),
        PlatformKinds.Canvas => CanvasEnvironments.Of(CanvasEnvironments.Production),
        _ => null,
    };

    private static void CheckUrl(string value, string option, List<Failure> failures)
    {
        if (value.Length == 0)
            failures.Add(new("platform.url_missing", $"{option} is needed for a platform of this kind."));
        else if (value.Length > LongestUrl || !Uri.TryCreate(value, UriKind.Absolute, out var url)
            || !(url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true }) || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            failures.Add(new("platform.url_invalid", $"{option} must be an absolute https address (http for loopback only)."));
    }
}
