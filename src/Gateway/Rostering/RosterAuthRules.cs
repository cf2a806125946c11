namespace Gateway.Rostering;

/// <summary>Checks how a OneRoster server is to know the gateway (<see cref="RosterConnectRules"/>).</summary>
internal static class RosterAuthRules
{
    public static void Check(RosterConnectCommand command, List<RosterConnectProblem> problems)
    {
        if (command.Auth is not null && !RosterAuth.Names.Contains(command.Auth))
            problems.Add(new("auth", "roster.auth_invalid", $"--auth must be one of {string.Join(", ", RosterAuth.Names)}."));
        else if (command.TokenUrl is not null && !RosterAuth.NeedsTokenUrl(command.Auth))
            problems.Add(new("tokenUrl", "roster.token_url_unused", $"--auth {command.Auth} asks for no token: leave --token-url out."));
        if (command.ClientId is not null && !RosterAuth.NeedsClientId(command.Auth))
            problems.Add(new("clientId", "roster.client_id_unused", "--auth bearer sends the token alone: leave --client-id out."));
        if (command.Scope is not null && !RosterAuth.NeedsTokenUrl(command.Auth))
            problems.Add(new("scope", "roster.scope_unused", "--scope belongs to --auth oauth2."));
        if (command.Scope?.Contains("demographics", StringComparison.OrdinalIgnoreCase) == true)
            problems.Add(new("scope", "roster.scope_demographics", "--scope must not name demographics: the gateway never reads them."));

        // RFC 6750 2.1; anything else would break out of the header.
        if (command.Auth == RosterAuth.Bearer && command.Secret is { Length: > 0 } token && !token.All(letter => letter is > (byte)' ' and <= (byte)'~'))
            problems.Add(new("secret", "roster.token_invalid", "--secret-file must hold the token alone, in one line without spaces."));
    }
}
