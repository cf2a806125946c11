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

    /// <summary>How it proves who it is, the oldest first: secrets, keys of its own, or both while it goes from one to the other.</summary>
    public required IReadOnlyList<ClientProof> Credentials { get; init; }

    /// <summary>Where a client with keys of its own publishes them; null for one with secrets alone.</summary>
    public Uri? JwksUrl => Keys?.JwksUrl;

    /// <summary>The credential of a client with keys of its own.</summary>
    public ClientProof? Keys => Credentials.FirstOrDefault(credential => credential.JwksUrl is not null);

    /// <summary>What signs its id_tokens.</summary>
    public required SigningPurpose IdTokenSigning { get; init; }

    /// <summary>The ids that this engine sees, under its own key.</summary>
    public required EngineIds Ids { get; init; }

    /// <summary>The newest data agreement that was accepted for it; without one the engine gets nothing (P-5.4).</summary>
    public required AcceptedAgreement? Agreement { get; init; }

    /// <summary>Since when it gets nothing, because an operator said so.</summary>
    public required DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Whether it is given anything at all.</summary>
    public bool Enabled => Agreement is not null && SuspendedAt is null;

    /// <summary>Whether a token that was given for a credential is still good: it ends with the credential.</summary>
    public bool Holds(long credential) => Credentials.Any(held => held.Id == credential);
}

/// <summary>A credential of an engine: a secret, as its keyed hash, or keys of its own.</summary>
/// <param name="Id">Its number, never used again.</param>
/// <param name="SecretHash">The keyed hash of a secret; null for keys.</param>
/// <param name="JwksUrl">Where the keys are; null for a secret.</param>
/// <param name="CreatedAt">Since when it is good.</param>
internal sealed record ClientProof(long Id, byte[]? SecretHash, Uri? JwksUrl, DateTimeOffset CreatedAt)
{
    /// <summary>OpenID Connect Core 9: how the client authenticates with it.</summary>
    public string Kind => SecretHash is null ? "private_key_jwt" : "secret";

    public override string ToString() => nameof(ClientProof);
}

/// <summary>A version of the data agreement, and who accepted it when (P-5.4).</summary>
internal sealed record AcceptedAgreement(string Version, string AcceptedBy, DateTimeOffset AcceptedAt)
{
    /// <summary>A version that nobody accepted for this engine is in force by now.</summary>
    public bool IsSuperseded => Version != DataAgreement.CurrentVersion;

    /// <summary>A name belongs on the screen of whoever asked for it, and in no log.</summary>
    public override string ToString() => nameof(AcceptedAgreement);
}
