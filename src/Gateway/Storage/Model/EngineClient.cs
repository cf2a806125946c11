namespace Gateway.Storage.Model;

/// <summary>A practice engine: an OpenID Connect client of the gateway.</summary>
internal sealed class EngineClient
{
    public required string Id { get; set; }

    public required string InitiateLoginUri { get; set; }

    public required string[] RedirectUris { get; set; }

    /// <summary>For replicas of the version before, which know one credential; see <see cref="EngineCredential"/>.</summary>
    public byte[]? SecretHash { get; set; }

    /// <inheritdoc cref="SecretHash"/>
    public string? JwksUrl { get; set; }

    public required byte[] SealedIdKey { get; set; }

    /// <summary>ES256 or RS256.</summary>
    public required string IdTokenAlg { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when it gets nothing, because an operator said so.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>Its id is never given again; no secret and no key of it is left.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
