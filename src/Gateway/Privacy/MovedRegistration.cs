namespace Gateway.Privacy;

/// <summary>A platform's registration as a bundle brings it: text from another gateway, not believed yet.</summary>
internal sealed record MovedRegistration(
    string Kind, string Issuer, string ClientId, IReadOnlyList<string> DeploymentIds, string AuthorizationEndpoint, string TokenEndpoint, string JwksUri,
    string? TokenAudience, string? SisParameter, IReadOnlyList<string?> Others)
{
    public override string ToString() => nameof(MovedRegistration);
}

/// <summary>
/// What a registration must be like, however it comes. The rules are those of the room of the platforms, which this room must not know.
/// </summary>
internal interface IMovedRegistrationRules
{
    /// <summary>Every reason against taking these registrations in; none: they may come in.</summary>
    Task<IReadOnlyList<Failure>> CheckAsync(IReadOnlyList<MovedRegistration> registrations, CancellationToken cancellation);
}
