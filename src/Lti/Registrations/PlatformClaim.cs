namespace Lti.Registrations;

/// <summary>What a refused platform said of itself. Nothing of it was checked: it is good for choosing words, and is never stored.</summary>
/// <param name="Issuer">Its <c>issuer</c>.</param>
/// <param name="ProductFamily">Its <c>product_family_code</c>, or null.</param>
public sealed record PlatformClaim(string Issuer, string? ProductFamily)
{
    /// <summary>Does not print what came from outside.</summary>
    public override string ToString() => nameof(PlatformClaim);
}
