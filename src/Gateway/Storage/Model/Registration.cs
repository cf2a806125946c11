namespace Gateway.Storage.Model;

/// <summary>The tool as one platform knows it (LTI Core 1.3, 3.1.1).</summary>
internal sealed class Registration
{
    public int Id { get; set; }

    public int DistrictId { get; set; }

    public required string Kind { get; set; }

    public required string Issuer { get; set; }

    public required string ClientId { get; set; }

    public required string AuthorizationEndpoint { get; set; }

    public required string TokenEndpoint { get; set; }

    public required string JwksUri { get; set; }

    public required string Namespace { get; set; }

    public bool LearnsDeployments { get; set; }

    /// <summary><c>pending</c>, <c>active</c> or <c>removed</c>.</summary>
    public required string State { get; set; }

    /// <summary>How it came: <c>command</c> or <c>dynamic</c>.</summary>
    public required string Source { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
