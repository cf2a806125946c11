using Gateway.Hosting;

namespace Gateway.Platforms;

/// <summary>What must be given of a platform of each kind, and what follows from it. Finds every problem, not the first.</summary>
internal static class AddPlatformRules
{
    private const int LongestUrl = 1_024;
    private const int LongestId = 255;

    public static readonly Failure DeploymentIdInvalid = new("platform.deployment_id_invalid", "A deployment id is 1 to 255 characters, without control characters (LTI Core 1.3, 5.3.3).");

    /// <summary>The platform's addresses, complete and checked, or everything that is wrong.</summary>
    public static Outcome<PlatformEndpoints> Check(AddPlatformCommand command)
    {
        if (PlatformKinds.Find(command.Kind) is not { } kind)
            return PlatformFailures.KindUnknown;
        List<Failure> failures = [.. Ids(command), .. Environment(command, kind), .. SourceOf(command).Failures];
        var endpoints = Complete(command, kind, failures);
        CheckUrl(endpoints.Issuer, "--issuer", failures);
        CheckUrl(endpoints.Authorize, "--authorize-url", failures);
        CheckUrl(endpoints.Token, "--token-url", failures);
        CheckUrl(endpoints.Jwks, "--jwks-url", failures);
        failures.AddRange(Audience(command, kind, endpoints));
        if (command.DeploymentIds.Count == 0 && SharedClients.Serves(kind, endpoints.Issuer))
            failures.Add(new("platform.deployment_id_missing", $"{kind.Title} may serve several customers by one client id: --deployment-id says which installation is the district's."));
        if (command.LearnsAllDeployments && kind != PlatformKinds.Canvas)
            failures.Add(LearnDeployments.CanvasOnly);
        return failures.Count == 0 ? endpoints : Outcome<PlatformEndpoints>.Failed([.. failures.Distinct()]);
    }

    /// <summary>Where the SIS id is read from.</summary>
    public static Outcome<SisSource> SourceOf(AddPlatformCommand command) => command.SisId is { } text ? SisSource.Parse(text) : SisSource.Lis;

    /// <summary>Whether a platform can have this id of the tool or of a deployment.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && !ControlCharacters.Are(id);

    private static IEnumerable<Failure> Ids(AddPlatformCommand command)
    {
        if (!IsId(command.ClientId))
            yield return new("platform.client_id_invalid", "The client id is the 1 to 255 characters that the platform shows, without control characters.");
        if (!command.DeploymentIds.All(IsId))
            yield return DeploymentIdInvalid;
    }

    private static IEnumerable<Failure> Environment(AddPlatformCommand command, PlatformKind kind)
    {
        if (command.Environment is not { } name)
            yield break;
        if (kind.Environments.Count == 0)
            yield return new("platform.environment_not_used", "--environment is for Canvas only.");
        else if (kind.OfEnvironment(name) is not { } known)
            yield return new("platform.environment_unknown", $"--environment is one of {string.Join(", ", kind.Environments)}.");
        else if (command.Issuer is { } issuer && issuer != known.Issuer)
            yield return new("platform.environment_conflict", "--environment and --issuer name different platforms: give one of them.");
    }

    private static PlatformEndpoints Complete(AddPlatformCommand command, PlatformKind kind, List<Failure> failures)
    {
        var given = new[] { command.AuthorizationEndpoint, command.TokenEndpoint, command.JwksUri }.Count(url => url is not null);
        var issuer = command.Issuer is { } named ? kind.IssuerOf(named) : null;
        var preset = Preset(command, kind, issuer);
        // Half of a preset and half of another host would be a platform that does not exist.
        if (given is 1 or 2 && preset is not null)
            failures.Add(new("platform.urls_incomplete", "--authorize-url, --token-url and --jwks-url go together: give all three or none."));
        var token = command.TokenEndpoint ?? preset?.Token ?? "";
        var audience = command.TokenAudience ?? kind.TokenAudience(token);
        return new(issuer ?? preset?.Issuer ?? "", command.AuthorizationEndpoint ?? preset?.Authorize ?? "", token, command.JwksUri ?? preset?.Jwks ?? "")
        {
            TokenAudience = audience == token ? null : audience,
        };
    }

    // An unknown environment is a failure of its own, and should not bring four more.
    private static PlatformEndpoints? Preset(AddPlatformCommand command, PlatformKind kind, string? issuer) =>
        command.Environment is { } name && kind.Environments.Count > 0
            ? kind.OfEnvironment(name) ?? kind.OfEnvironment(kind.Environments[0])
            : kind.Endpoints(issuer, command.ClientId);

    private static IEnumerable<Failure> Audience(AddPlatformCommand command, PlatformKind kind, PlatformEndpoints endpoints)
    {
        if (command.TokenAudience is { } given && given != endpoints.Token && !kind.TakesTokenAudience)
            yield return TokenAudiences.NotUsed;
        else if (endpoints.TokenAudience is { } audience && !TokenAudiences.IsText(audience))
            yield return TokenAudiences.Invalid;
        else if (endpoints.TokenAudience is { } other && TokenAudiences.IsOfAnotherVendor(other, endpoints.Token))
            yield return TokenAudiences.OfAnother;
    }

    private static void CheckUrl(string value, string option, List<Failure> failures)
    {
        if (value.Length == 0)
            failures.Add(new("platform.url_missing", $"{option} is needed for a platform of this kind."));
        else if (value.Length > LongestUrl || value.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) || !Uri.TryCreate(value, UriKind.Absolute, out var url)
            || !(url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true }) || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            failures.Add(new("platform.url_invalid", $"{option} must be an absolute https address (http for loopback only)."));
    }
}
