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

    /// <summary>The <c>aud</c> of client assertions; null: the token endpoint's address.</summary>
    public string? TokenAudience { get; set; }

    /// <summary>The custom parameter that carries the SIS id; null: the claim <c>lis.person_sourcedid</c>.</summary>
    public string? SisParameter { get; set; }

    /// <summary>Every deployment that launches is learned, and not the first one only.</summary>
    public bool LearnsAllDeployments { get; set; }

    /// <summary>Scheme, host and port of the platform's line items; null until the first graded launch.</summary>
    public string? LineItemOrigin { get; set; }

    /// <summary>Seconds by which the platform's clock was behind the gateway's in its last launches; negative: ahead; null: none was seen.</summary>
    public int? ClockBehind { get; set; }

    public DateTimeOffset? ClockSeenAt { get; set; }

    /// <summary>What the platform said when it registered again, until somebody approves it; JSON.</summary>
    public string? WaitingAddresses { get; set; }

    /// <summary>The tool's keys that sign for it; null: those that every registration of before shares.</summary>
    public Guid? KeySetId { get; set; }

    /// <summary>The keys that it is being moved to; null when it stays.</summary>
    public Guid? NextKeySetId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
