using Gateway.Storage.Model;

namespace Gateway.Platforms;

/// <summary>Registers the tool with a platform for a district, as an operator. Without a deployment id the first launch's is learned, where one may be.</summary>
internal sealed class AddPlatform(RegistrationRows registrations, TokenAudienceOwners audiences, ToolKeySets keySets, TimeProvider time)
{
    public async Task<Outcome<Registration>> RunAsync(int district, AddPlatformCommand command, CancellationToken cancellation)
    {
        var checkedEndpoints = AddPlatformRules.Check(command);
        if (!checkedEndpoints.Succeeded)
            return Outcome<Registration>.Failed(checkedEndpoints.Failures);

        var endpoints = checkedEndpoints.Value;
        if (PlatformSite.Unconfirmed(endpoints, PlatformKinds.Of(command.Kind), command.ConfirmedHosts).Count > 0)
            return PlatformFailures.AddressesUnconfirmed;
        if (await audiences.IsOfAnotherAsync(null, endpoints, PlatformKinds.Of(command.Kind), cancellation))
            return TokenAudiences.OfAnother;
        return await registrations.AddAsync(
            new Registration
            {
                DistrictId = district,
                Kind = command.Kind,
                Issuer = endpoints.Issuer,
                ClientId = command.ClientId,
                AuthorizationEndpoint = endpoints.Authorize,
                TokenEndpoint = endpoints.Token,
                JwksUri = endpoints.Jwks,
                TokenAudience = endpoints.TokenAudience,
                Namespace = endpoints.Issuer,
                SisParameter = AddPlatformRules.SourceOf(command).Value.Parameter,
                LearnsDeployments = command.DeploymentIds.Count == 0,
                LearnsAllDeployments = command.LearnsAllDeployments,
                KeySetId = await keySets.OfKindAsync(district, command.Kind, cancellation),
                State = RegistrationState.Active,
                Source = RegistrationSource.Command,
                CreatedAt = time.GetUtcNow(),
            },
            command.DeploymentIds,
            cancellation);
    }
}
