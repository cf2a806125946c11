using System.CommandLine;
using Gateway.Platforms;

namespace Gateway.Commands;

/// <summary><c>platform add</c></summary>
internal static class PlatformAddCommand
{
    public static Command Add()
    {
        var kind = PlatformCommands.Kind();
        var environment = new Option<string>("--environment") { Description = "Canvas only: production (the default), beta or test.", HelpName = "NAME" };
        var issuer = new Option<string>("--issuer") { Description = "The platform's issuer; for Moodle its root URL, as for Brightspace. Canvas, Schoology and Blackboard have one for everybody.", HelpName = "URL" };
        var client = new Option<string>("--client-id") { Description = "The client id that the platform gave the tool.", Required = true, HelpName = "ID" };
        var deployments = new Option<string[]>("--deployment-id")
        {
            Description = "A deployment id; repeat for several. None: the first launch's is learned, but not where one client id serves all customers.",
            HelpName = "ID",
        };
        var authorize = new Option<string>("--authorize-url") { Description = "OIDC authorization endpoint, where the kind does not fix it.", HelpName = "URL" };
        var token = new Option<string>("--token-url") { Description = "Access token endpoint, likewise.", HelpName = "URL" };
        var jwks = new Option<string>("--jwks-url") { Description = "The platform's public keys, likewise.", HelpName = "URL" };
        var audience = new Option<string>("--token-audience") { Description = "The audience that the platform wants in assertions, where it is not the token endpoint.", HelpName = "AUDIENCE" };
        var sisId = SisSourceCommand.OfAdd();
        var confirmed = ConfirmAddresses();
        var learns = LearnDeployments();
        return new Command("add", "Register the tool with a platform for a district.")
            { DistrictCommands.District, kind, environment, issuer, client, deployments, authorize, token, jwks, audience, sisId, confirmed, learns }
            .RunsForDistrict(async (invocation, district) =>
            {
                var parsed = invocation.Parsed;
                var wanted = new AddPlatformCommand(
                    parsed.GetValue(kind)!, parsed.GetValue(issuer), parsed.GetValue(client)!, parsed.GetValue(deployments) ?? [],
                    parsed.GetValue(authorize), parsed.GetValue(token), parsed.GetValue(jwks), parsed.GetValue(environment), parsed.GetValue(sisId), parsed.GetValue(audience))
                {
                    ConfirmedHosts = parsed.GetValue(confirmed) ?? [],
                    LearnsAllDeployments = parsed.GetValue(learns),
                };
                var added = await invocation.Get<AddPlatform>().RunAsync(district.Id, wanted, invocation.Cancellation);
                if (!added.Succeeded)
                    return AddPlatformRules.Check(wanted) is { Succeeded: true, Value: var addresses }
                        ? invocation.Output.Failed(added.Failures, PlatformLines.Shape(addresses, PlatformKinds.Of(wanted.Kind)), PlatformLines.Of(addresses, PlatformKinds.Of(wanted.Kind)))
                        : invocation.Output.Failed(added.Failures);
                var facts = invocation.Get<ToolFacts>();
                var tool = new { loginUrl = facts.LoginUrl, redirectUrl = facts.LaunchUrl, jwksUrl = facts.JwksUrlOf(added.Value.KeySetId) };
                var source = SisSource.Of(added.Value.SisParameter);
                var warning = source.WarningFor(added.Value.Kind);
                return invocation.Output.Done(
                    new { id = added.Value.Id, added.Value.Kind, added.Value.Issuer, added.Value.ClientId, added.Value.TokenAudience, tool, sisId = source.ToString(), warning },
                    [
                        $"Platform {added.Value.Id} ({added.Value.Issuer}) added for {district.Slug}. The platform knows the tool by these:",
                        $"  login URL     {tool.loginUrl}",
                        $"  redirect URL  {tool.redirectUrl}",
                        $"  public JWKS   {tool.jwksUrl}",
                        $"The SIS id is read from {source}.",
                        .. warning is null ? Array.Empty<string>() : [warning],
                        .. added.Value.LearnsAllDeployments ? [Platforms.LearnDeployments.Consequence] : Array.Empty<string>(),
                        $"Now: `platform check {district.Slug} {added.Value.Id}`.",
                    ]);
            });
    }

    /// <summary>A person's word for hosts that are not on the issuer's site; each is named, so that no other is confirmed with it.</summary>
    public static Option<string[]> ConfirmAddresses() => new("--confirm-addresses")
    {
        Description = "A host of the platform's addresses that is not on its issuer's site, compared with the vendor's documentation; repeat for several.",
        HelpName = "HOST",
    };

    public static Option<bool> LearnDeployments() => new("--learn-deployments") { Description = "Canvas only: let every deployment of this client id in, not the first one only." };
}
