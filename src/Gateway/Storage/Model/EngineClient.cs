namespace Gateway.Storage.Model;

/// <summary>A practice engine: an OpenID Connect client of the gateway.</summary>
internal sealed class EngineClient
{
    public required string Id { get; set; }

    public required string InitiateLoginUri { get; set; }

    public required string[] RedirectUris { get; set; }

    public byte[]? SecretHash { get; set; }

    public string? JwksUrl { get; set; }

    public required byte[] SealedIdKey { get; set; }

    /// <summary>ES256 or RS256.</summary>
    public required string IdTokenAlg { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
