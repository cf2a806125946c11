namespace Gateway.Storage.Model;

/// <summary>The tool as a platform knew it under LTI 1.1 (LTI 1.3 Migration Guide).</summary>
internal sealed class LegacyConsumer
{
    public int DistrictId { get; set; }

    public int RegistrationId { get; set; }

    public required string ConsumerKey { get; set; }

    public required byte[] SealedSecret { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
