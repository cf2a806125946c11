using Gateway.Privacy;

namespace Gateway.Identity;

/// <summary>A practice engine as the gateway knows it: an OpenID Connect client. Immutable; kept in memory for seconds.</summary>
internal sealed class RegisteredEngine
{
    public required string ClientId { get; init; }

    /// <summary>Where a launch is handed over (OpenID Connect Core 4).</summary>
    public required string InitiateLoginUri { get; init; }

    /// <summary>Compared byte for byte (OpenID Connect Core 3.1.2.1).</summary>
    public required IReadOnlyList<string> RedirectUris { get; init; }

    /// <summary>The keyed hash of the client's secret.</summary>
    public required byte[]? SecretHash { get; init; }

    /// <summary>The ids that this engine sees, under its own key.</summary>
    public required EngineIds Ids { get; init; }

    /// <summary>The newest data agreement that was accepted for it; without one the engine gets nothing (P-5.4).</summary>
    public required string? AgreementVersion { get; init; }

    public bool Enabled => AgreementVersion is not null;
}
