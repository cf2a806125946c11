using Gateway.Platforms;

namespace Gateway.Commands;

/// <summary>Platforms as commands show them: all four addresses, what launches, and whose keys sign.</summary>
internal static class PlatformLines
{
    public static object Shape(ListedPlatform platform)
    {
        var registration = platform.Registration;
        return new
        {
            id = registration.Id,
            registration.Kind,
            registration.State,
            registration.Source,
            registration.Issuer,
            registration.ClientId,
            registration.AuthorizationEndpoint,
            registration.TokenEndpoint,
            registration.JwksUri,
            hostsElsewhere = platform.HostsElsewhere,
            deploymentIds = platform.DeploymentIds,
            deploymentsWaiting = platform.Deployments.Count - platform.DeploymentIds.Count,
            registration.LearnsDeployments,
            registration.LearnsAllDeployments,
            registration.LineItemOrigin,
            sisId = SisSource.Of(registration.SisParameter).ToString(),
            tokenAudience = registration.TokenAudience ?? registration.TokenEndpoint,
            waitingAddresses = WaitingAddresses.Of(registration),
            toolKeys = platform.Key.Keys,
            toolJwksUrl = platform.Key.JwksUrl,
            nextToolJwksUrl = platform.Key.NextJwksUrl,
        };
    }

    public static IEnumerable<string> Of(ListedPlatform platform)
    {
        var registration = platform.Registration;
        yield return $"{registration.Id,4} {registration.State,-8} {registration.Kind,-10} {registration.Issuer} client {registration.ClientId}, deployments {DeploymentsOf(platform)}, SIS id from {SisSource.Of(registration.SisParameter)}";
        foreach (var line in Of(platform.Addresses, PlatformKinds.Of(registration.Kind)).Skip(1))
            yield return line;
        yield return $"       line items     {registration.LineItemOrigin ?? "learned at the first graded launch"}";
        yield return $"       tool's keys    {platform.Key.JwksUrl} ({KeysOf(platform.Key.Keys, registration.Kind)})";
        if (WaitingAddresses.Of(registration) is { } waiting)
            yield return $"       waits for `platform approve`: authorize {waiting.Authorize}, token {waiting.Token}, keys {waiting.Jwks}, audience {waiting.TokenAudience ?? waiting.Token}";
        if (platform.Key.NextJwksUrl is { } next)
            yield return $"       moves to       {next} (tell the platform, then `platform key … --switch`)";
    }

    public static object Shape(PlatformEndpoints addresses, PlatformKind kind) => new
    {
        addresses.Issuer,
        authorizationEndpoint = addresses.Authorize,
        tokenEndpoint = addresses.Token,
        jwksUri = addresses.Jwks,
        hostsElsewhere = PlatformSite.HostsElsewhere(addresses, kind),
    };

    public static IEnumerable<string> Of(PlatformEndpoints addresses, PlatformKind kind)
    {
        yield return $"       issuer         {addresses.Issuer}";
        yield return $"       authorization  {addresses.Authorize}";
        yield return $"       token          {addresses.Token}";
        yield return $"       its keys       {addresses.Jwks}";
        if (addresses.TokenAudience is { } audience)
            yield return $"       token audience {audience}";
        if (PlatformSite.HostsElsewhere(addresses, kind) is { Count: > 0 } hosts)
            yield return $"       not on the issuer's site: {string.Join(", ", hosts)}";
    }

    private static string DeploymentsOf(ListedPlatform platform)
    {
        var waiting = platform.Deployments.Count - platform.DeploymentIds.Count;
        var known = platform.Registration switch
        {
            { LearnsAllDeployments: true } => string.Join(", ", platform.DeploymentIds.Append("every other is learned")),
            { LearnsDeployments: true } => "learned at first launch",
            _ => string.Join(", ", platform.DeploymentIds.DefaultIfEmpty("none")),
        };
        return waiting == 0 ? known : $"{known}; {waiting} waiting";
    }

    private static string KeysOf(string keys, string kind) => keys switch
    {
        PlatformKeyState.Own => "its own",
        PlatformKeyState.OfKind => $"of the district's {kind} platforms",
        _ => "SHARED by all registrations of before: `platform key … --own` gives it its own",
    };
}
