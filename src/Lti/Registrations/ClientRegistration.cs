using System.Collections.Immutable;
using System.Text.Json;

namespace Lti.Registrations;

/// <summary>What a platform registered.</summary>
/// <param name="ClientId">The tool's client id, 1 to 255 characters.</param>
/// <param name="DeploymentId">The first deployment, or null: it is learned at the first launch.</param>
/// <param name="Scopes">The scopes that were granted, or null when the platform did not say.</param>
public sealed record ClientRegistration(string ClientId, string? DeploymentId, ImmutableHashSet<string>? Scopes)
{
    private const string ToolClaim = "https://purl.imsglobal.org/spec/lti-tool-configuration";
    private const int LongestId = 255;

    /// <summary>Does not print what came from outside.</summary>
    public override string ToString() => nameof(ClientRegistration);

    /// <summary>Reads the answer of a registration endpoint; null when it is not one.</summary>
    internal static ClientRegistration? Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = RegistrationJson.Parse(utf8);
        if (document is null || IdOf(document.RootElement, "client_id") is not { } client) return null;
        var deployment = RegistrationJson.Member(document.RootElement, ToolClaim) is { } tool ? IdOf(tool, "deployment_id") : null;
        var scopes = RegistrationJson.Text(document.RootElement, "scope", 8192)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ClientRegistration(client, deployment, scopes?.ToImmutableHashSet(StringComparer.Ordinal));
    }

    private static string? IdOf(JsonElement of, string name) => RegistrationJson.Text(of, name, LongestId) is { } id && !id.Any(char.IsControl) ? id : null;
}
