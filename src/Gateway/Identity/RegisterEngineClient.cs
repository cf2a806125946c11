namespace Gateway.Identity;

/// <summary>The wish to register an engine.</summary>
/// <param name="Id">The client id: 1 to 100 of <c>A-Z a-z 0-9 . _ -</c>.</param>
/// <param name="InitiateLoginUri">Absolute https URL (http for loopback only), no fragment.</param>
/// <param name="RedirectUris">At least one, of the same kind; later compared byte for byte.</param>
/// <param name="Secret">The client secret, 32 characters or more; null for a client with keys of its own.</param>
/// <param name="JwksUrl">Where a client with its own keys publishes them; null for one with a secret.</param>
/// <param name="AgreementAcceptedBy">Name of the adult who accepts the data agreement.</param>
/// <param name="IdTokenAlg">What its id_tokens are signed with: <c>ES256</c> or <c>RS256</c>.</param>
internal sealed record RegisterEngineClient(
    string Id,
    string InitiateLoginUri,
    IReadOnlyList<string> RedirectUris,
    string? Secret,
    string? JwksUrl,
    string? AgreementAcceptedBy,
    string IdTokenAlg = "ES256")
{
    public override string ToString() => nameof(RegisterEngineClient);
}
