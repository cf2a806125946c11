namespace Gateway.Storage.Model;

/// <summary>An engine's signed proof of itself (RFC 7523) that was used once, until it expires (P-2.7).</summary>
internal sealed class ClientAssertion
{
    public required string ClientId { get; set; }

    /// <summary>A hash of the assertion's <c>jti</c>.</summary>
    public Guid Jti { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
