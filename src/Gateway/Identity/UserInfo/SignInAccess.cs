namespace Gateway.Identity.UserInfo;

/// <summary>What the access token of one sign-in stands for: whom the id_token beside it named, and of which launch it is.</summary>
/// <param name="LaunchId">The launch, whose revocation is this token's.</param>
/// <param name="District">The district's number.</param>
/// <param name="ClientId">The engine that it was given to.</param>
/// <param name="Credential">The credential that the engine showed for it.</param>
/// <param name="Subject">The id_token's <c>sub</c>.</param>
/// <param name="Role">Its <c>role</c>, where it has one.</param>
/// <param name="DistrictSlug">Its <c>district</c>.</param>
/// <param name="IsGuest">Its <c>guest</c>.</param>
internal sealed record SignInAccess(Guid LaunchId, int District, string ClientId, long Credential, string Subject, string? Role, string DistrictSlug, bool IsGuest)
{
    public override string ToString() => nameof(SignInAccess);
}
