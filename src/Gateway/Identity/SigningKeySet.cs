namespace Gateway.Identity;

/// <summary>Keys that follow each other: one at a time signs.</summary>
/// <param name="Purpose">What they sign.</param>
/// <param name="Id">Of the tool's keys the set, which is some platforms' alone; null: the gateway's only one, or the shared one.</param>
internal sealed record SigningKeySet(SigningPurpose Purpose, Guid? Id)
{
    public static implicit operator SigningKeySet(SigningPurpose purpose) => new(purpose, null);

    /// <summary>A set of the tool's keys; null: the shared one.</summary>
    public static SigningKeySet OfTool(Guid? id) => new(SigningPurpose.Lti, id);
}
