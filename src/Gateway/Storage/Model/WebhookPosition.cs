namespace Gateway.Storage.Model;

/// <summary>The number of a district's change feed up to which an engine was sent events.</summary>
internal sealed class WebhookPosition
{
    public int DistrictId { get; set; }

    public required string ClientId { get; set; }

    public long Announced { get; set; }
}
