namespace Gateway.Storage.Model;

/// <summary>One version of what a district gives to an engine; the highest is in force.</summary>
internal sealed class EngineMapping
{
    public int DistrictId { get; set; }

    public required string ClientId { get; set; }

    public int Version { get; set; }

    public bool Enabled { get; set; }

    public required string[] Fields { get; set; }

    public required string RoleWords { get; set; }

    public required string GradeWords { get; set; }

    public required string AgreementVersion { get; set; }

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
