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

    /// <summary>The keyed hash of the client's secret; null for a client with keys of its own.</summary>
    public required byte[]? SecretHash { get; init; }

    /// <summary>Where a client with keys of its own publishes them; null for one with a secret.</summary>
    public required Uri? JwksUrl { get; init; }

    /// <summary>What signs its id_tokens.</summary>
    public required SigningPurpose IdTokenSigning { get; init; }

    /// <summary>The ids that this engine sees, under its own key.</summary>
    public required EngineIds Ids { get; init; }

    /// <summary>The newest data agreement that was accepted for it; without one the engine gets nothing (P-5.4).</summary>
    public required AcceptedAgreement? Agreement { get; init; }

    public bool Enabled => Agreement is not null;
}

/// <summary>A version of the data agreement, and who accepted it when (P-5.4).</summary>
internal sealed record AcceptedAgreement(string Version, string AcceptedBy, DateTimeOffset AcceptedAt)
{
    /// <summary>A version that nobody accepted for this engine is in force by now.</summary>
    public bool IsSuperseded => Version != DataAgreement.CurrentVersion;

    /// <summary>A name belongs on the screen of whoever asked for it, and in no log.</summary>
    public override string ToString() => nameof(AcceptedAgreement);
}
